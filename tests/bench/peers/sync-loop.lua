local N = 1000000
local n = 0
for i = 0, N * 50 - 1 do n = n + (i & 7) end
print(n)
