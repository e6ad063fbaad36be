"""What was read before, and need not be read again.

- `shared_reading`: many texts, as they are remembered or read by several processes;
- `rereading`: what becomes of them, made anew or as it is remembered (`alerts`);
- `memory`, `apart`: values in and out of the store, with their long texts apart;
- `noted`: texts whose files have not changed.
"""
