// The same of a declaration, whose token has a name.
{
  using resource = null;
}
