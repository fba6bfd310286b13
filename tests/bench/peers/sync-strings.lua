-- Strings that grow by += are copied each time here, so the pieces are collected first.
local N = 1000000
local pieces = {}
for i = 0, N - 1 do pieces[#pieces + 1] = tostring(i) end
local s = table.concat(pieces)
local parts, from = {}, 1
while true do
  local at = s:find('9', from, true)
  parts[#parts + 1] = s:sub(from, at and at - 1)
  if not at then break end
  from = at + 1
end
print(#s, #parts)
