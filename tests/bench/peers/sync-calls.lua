local N = 1000000
local n = 0
local add = function(a, b) return a + b end
for i = 1, N * 10 do n = add(n, 1) end
print(n)
