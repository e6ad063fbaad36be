"""Work that is done in other processes and threads.

- `workers`: one function over many inputs, in a pool of processes, or in a copy that stands by;
- `forked`: a copy of this process, for where a few milliseconds count;
- `thread`: another thread;
- `room`: memory that is given back.
"""
