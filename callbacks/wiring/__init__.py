"""What `app.py` is put together of: the way in, the leaders' pages, what goes on beside."""
