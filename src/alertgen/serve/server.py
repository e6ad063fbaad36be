"""The conversation with browsers: pages when they ask, and word when there is something new.

Only this machine is answered. A page of another site can neither read the preview nor frame it.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from alertgen.data import DATA
from alertgen.records import dataclass, field
from alertgen.serve.marks import NO_PAGE, OWN, marked, marked_feed, message
from alertgen.serve.preview import File, Preview, Shown
from alertgen.serve.watching import changes
from alertgen.write import MachineError

LOOPBACK = "127.0.0.1"
PORT = 8000
_TRIES = 20
"""How many ports are tried, from `PORT` on, when none was asked for."""
_HOSTS = [LOOPBACK, "localhost"]
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PARTS = {"preview.js": "text/javascript", "marks.css": "text/css", "panel.css": "text/css"}
_HEARTBEAT = 15.0
"""Seconds after which a browser that was told nothing is told so, to notice when it has gone."""

Looked = Callable[[tuple[str, ...], Shown], None]
"""Takes the files that changed, and what is shown since they were looked at."""


@dataclass(slots=True)
class PreviewServer:
    """The preview and everybody who looks at it. The preview itself works in a thread of its own."""

    preview: Preview
    thread: ThreadPoolExecutor
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def look(self, changed: tuple[str, ...] = ()) -> Shown:
        """Read the site again and tell every browser."""
        shown = await asyncio.get_running_loop().run_in_executor(self.thread, self.preview.look, changed)
        await self.tell()
        return shown

    async def tell(self) -> None:
        """Wake everybody who waits for news."""
        async with self.news:
            self.news.notify_all()

    async def page(self, request: Request) -> Response:
        """Answer with the file that is asked for."""
        before, path = self.preview.shown, request.url.path
        if not path.startswith(before.root):
            return RedirectResponse(before.root, headers=_HEADERS)
        below = path.removeprefix(before.root)
        name = f"{below}index.html" if below == "" or below.endswith("/") else below
        file = await asyncio.get_running_loop().run_in_executor(self.thread, self.preview.file, name)
        if file.shown is not before:  # perhaps because what was asked for could not be made
            await self.tell()
        if not file.found and f"{name}/index.html" in file.shown.files:
            return RedirectResponse(f"{path}/", headers=_HEADERS)
        return _answer(file, f"/{below}")

    async def events(self, _request: Request) -> Response:
        """Answer with a stream that tells of every new state, the present one first."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=_HEADERS)

    async def _stream(self) -> AsyncIterator[str]:
        told = -1
        while not self.stop.is_set():
            shown = self.preview.shown
            if shown.version != told:
                told = shown.version
                yield f"data: {message(shown)}\n\n"
            elif not await self._newer_than(told):
                yield ": still here\n\n"

    async def _newer_than(self, version: int) -> bool:
        """Wait for a state after *version*, or for the end; tell whether there was one in time."""
        try:
            async with asyncio.timeout(_HEARTBEAT), self.news:
                await self.news.wait_for(lambda: self.preview.shown.version != version or self.stop.is_set())
        except TimeoutError:
            return False
        return True


def _answer(file: File, address: str) -> Response:
    content = file.content
    if file.media_type == "text/html":
        html = content.decode("utf-8") or NO_PAGE
        content = marked(html, address.removesuffix("index.html"), file.shown).encode("utf-8")
    elif file.media_type == "application/xml":
        content = marked_feed(content.decode("utf-8"), file.shown).encode("utf-8")
    return Response(content, 200 if file.found else 404, media_type=file.media_type, headers=_HEADERS)


async def _part(request: Request) -> Response:
    """Answer with the preview's own script or one of its style sheets."""
    name = request.path_params["name"]
    if name not in _PARTS:
        return Response(status_code=404, headers=_HEADERS)
    content = (DATA / "preview" / name).read_bytes()
    return Response(content, media_type=_PARTS[name], headers=_HEADERS)


def application(server: PreviewServer) -> Starlette:
    """Return the server's answers as an ASGI application."""
    routes = [
        Route(f"/{OWN}/events", server.events),
        Route(f"/{OWN}/{{name}}", _part),
        Route("/{path:path}", server.page),
    ]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)])


def bound(port: int | None) -> socket.socket:
    """Return a socket that listens on this machine only: at *port*, or at the first free one from `PORT` on.

    Raises:
        MachineError: the port is taken.
    """
    for number in [port] if port is not None else range(PORT, PORT + _TRIES):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, number))
            listening.listen()  # so that a browser which is quicker than we are waits for its answer
        except (OSError, OverflowError):
            listening.close()
            continue
        return listening
    taken = f"port {port} is taken" if port is not None else f"all ports from {PORT} to {PORT + _TRIES - 1} are taken"
    raise MachineError(taken, "Perhaps another preview is running. Name another port with --port.")


def serve(preview: Preview, listening: socket.socket, *, poll: bool, looked: Looked) -> None:
    """Show *preview* to browsers at the socket *listening* until the process is interrupted.

    *looked* is told of each look at the files that changed. With *poll*, files are looked at again and again, where
    the system does not tell of changes (network drives, some containers).
    """
    with ThreadPoolExecutor(1, "preview") as thread:
        thread.submit(preview.__enter__).result()
        try:
            asyncio.run(_served(PreviewServer(preview, thread), listening, poll=poll, looked=looked))
        finally:
            thread.submit(preview.__exit__).result()


async def _served(server: PreviewServer, listening: socket.socket, *, poll: bool, looked: Looked) -> None:
    looked((), await server.look())
    config = uvicorn.Config(
        application(server), log_config=None, log_level="critical", access_log=False, lifespan="off",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    uvicorn_server = uvicorn.Server(config)
    warming = asyncio.get_running_loop().run_in_executor(server.thread, server.preview.warm_up)
    watching = asyncio.create_task(_watch(server, poll=poll, looked=looked))
    ending = asyncio.create_task(_end_streams(uvicorn_server, server))
    try:
        await uvicorn_server.serve(sockets=[listening])
    finally:
        server.stop.set()
        await server.tell()
        ending.cancel()
        await asyncio.gather(warming, watching, ending, return_exceptions=True)


async def _watch(server: PreviewServer, *, poll: bool, looked: Looked) -> None:
    async for changed in changes(server.preview.root, server.stop, poll=poll):
        looked(changed, await server.look(changed))


async def _end_streams(uvicorn_server: uvicorn.Server, server: PreviewServer) -> None:
    """End the streams as soon as the server is asked to stop: it waits for them."""
    while not uvicorn_server.should_exit:
        await asyncio.sleep(0.1)
    server.stop.set()
    await server.tell()
