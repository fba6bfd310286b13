# bash completion for sixphase: commands and options are asked from the program itself, so they are always its own.
_sixphase() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]} commands command
  commands=$("$program" --help 2> /dev/null | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')
  command=${COMP_WORDS[1]}
  [[ " ${commands//$'\n'/ } " == *" $command "* ]] || command=step
  case $prev in
    --node) mapfile -t COMPREPLY < <(compgen -W "$(seq -s ' ' 8 26)" -- "$cur"); return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'auto json js mjs' -- "$cur"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'json chrome' -- "$cur"); return ;;
    --to) mapfile -t COMPREPLY < <(compgen -W 'js json html svg' -- "$cur"); return ;;
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$program" "$command" --help 2> /dev/null | sed -n 's/^  \(--[a-z-]*\).*/\1/p')" -- "$cur")
  elif ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur"; compgen -f -- "$cur")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
}
complete -o filenames -F _sixphase sixphase
