"""`interlock demo`: the whole story on the checkout platform, told with the real commands against a real server."""
