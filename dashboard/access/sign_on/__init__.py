"""Single sign-on: somebody else says who it is; what one may do here stays ours to say."""
