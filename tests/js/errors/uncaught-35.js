setTimeout('x', 1);
