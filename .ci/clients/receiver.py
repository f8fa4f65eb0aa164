"""A receiver of webhooks that remembers what it was posted."""

import http.server
import threading
import time


class Receiver:
    """Answers 204 to everything, after `delay` seconds; `messages` are header fields in lower case and raw bodies."""

    def __init__(self, delay=0.0):
        self.messages, self.delay, self.lock = [], delay, threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                time.sleep(receiver.delay)
                headers = {name.lower(): value for name, value in self.headers.items()}
                with receiver.lock:
                    receiver.messages.append((headers, body))
                self.answer(204)

            def do_OPTIONS(self):
                self.answer(200, ("WebHook-Allowed-Origin", "*"))

            def answer(self, status, *headers):
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                if status != 204:
                    self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                # Who was killed says no goodbye.
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ids(self):
        with self.lock:
            return [headers["webhook-id"] for headers, _ in self.messages]

    def wait(self, fits, seconds=60):
        """Waits until the messages fit."""
        end = time.time() + seconds
        while time.time() < end:
            with self.lock:
                messages = list(self.messages)
            if fits(messages):
                return messages
            time.sleep(0.05)
        raise SystemExit(f"webhooks: not told in {seconds} seconds; {len(self.ids())} messages came")
