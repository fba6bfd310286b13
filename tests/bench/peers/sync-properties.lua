local N = 1000000
local o = { a = 1, b = 2, c = { d = 3 } }
local n = 0
for i = 1, N * 10 do n = n + o.a + o.c.d; o.b = n end
print(n)
