local N = 1000000
local a, n, b, c = {}, 0, {}, {}
for i = 0, N * 2 - 1 do table.insert(a, i * 2) end
for _, v in ipairs(a) do n = n + v end
for i, v in ipairs(a) do b[i] = v + 1 end
for _, v in ipairs(b) do if v % 3 == 0 then c[#c + 1] = v end end
print(n, #c)
