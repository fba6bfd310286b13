throw function foo() {};
