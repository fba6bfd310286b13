// The libuv driver's sockets. What comes from outside comes over real connections of the loopback interface: the peer is a
// thread with a loop of its own that listens on 127.0.0.1; a client tells it how long to wait, and it answers then.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "sim/loop/driver_uv.h"

static const uint64_t answers_from = SIX_MILLISECOND;  // a connection that takes less is just made

struct uv_peer {
  uv_loop_t uv;
  uv_thread_t thread;
  uv_tcp_t server;
  uv_async_t stop;
  struct sockaddr_in address, refused;  // where nobody listens
  bool listens;
};

struct visitor {  // at the peer's end of a connection
  uv_tcp_t tcp;
  uv_timer_t timer;
  uv_write_t write;
  char received[8];
  size_t length;
  int closing;
};

// ---- The peer's thread.
static void on_visitor_closed(uv_handle_t *handle) {
  struct visitor *visitor = handle->data;
  if (--visitor->closing == 0) free(visitor);
}

static void close_visitor(uv_handle_t *handle, void *context) {
  (void)context;
  if (!uv_is_closing(handle)) uv_close(handle, handle->data ? on_visitor_closed : NULL);
}

static void answer(uv_timer_t *timer) {
  struct visitor *visitor = timer->data;
  uv_buf_t byte = uv_buf_init(visitor->received, 1);
  uv_write(&visitor->write, (uv_stream_t *)&visitor->tcp, &byte, 1, NULL);
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *room) {
  struct visitor *visitor = handle->data;
  (void)suggested;
  *room = uv_buf_init(visitor->received + visitor->length, (unsigned)(sizeof visitor->received - visitor->length));
}

static void on_question(uv_stream_t *stream, ssize_t count, const uv_buf_t *room) {
  struct visitor *visitor = stream->data;
  (void)room;
  if (count < 0) uv_read_stop(stream);
  if (count <= 0) return;
  visitor->length += (size_t)count;
  if (visitor->length < sizeof visitor->received) return;
  uint64_t ns;
  memcpy(&ns, visitor->received, sizeof ns);
  uv_read_stop(stream);
  uv_timer_start(&visitor->timer, answer, ns / SIX_MILLISECOND, 0);
}

static void on_visitor(uv_stream_t *server, int status) {
  if (status < 0) return;
  struct visitor *visitor = calloc(1, sizeof *visitor);
  if (!visitor) abort();
  visitor->closing = 2;
  uv_tcp_init(server->loop, &visitor->tcp);
  uv_timer_init(server->loop, &visitor->timer);
  visitor->tcp.data = visitor->timer.data = visitor;
  if (uv_accept(server, (uv_stream_t *)&visitor->tcp) == 0) uv_read_start((uv_stream_t *)&visitor->tcp, give_room, on_question);
}

static void on_stop(uv_async_t *stop) { uv_walk(stop->loop, close_visitor, NULL); }

static void peer_thread(void *context) {
  struct uv_peer *peer = context;
  uv_run(&peer->uv, UV_RUN_DEFAULT);
}

static bool local_address(uv_tcp_t *tcp, struct sockaddr_in *address) {
  int length = sizeof *address;
  uv_ip4_addr("127.0.0.1", 0, address);
  return uv_tcp_bind(tcp, (struct sockaddr *)address, 0) == 0 && uv_tcp_getsockname(tcp, (struct sockaddr *)address, &length) == 0;
}

static void close_now(uv_loop_t *uv, uv_tcp_t *tcp) {
  uv_close((uv_handle_t *)tcp, NULL);
  uv_run(uv, UV_RUN_NOWAIT);
}

static struct uv_peer *start_peer(void) {
  struct uv_peer *peer = calloc(1, sizeof *peer);
  uv_tcp_t nobody;
  if (!peer || uv_loop_init(&peer->uv) != 0) abort();
  uv_tcp_init(&peer->uv, &nobody);
  local_address(&nobody, &peer->refused);
  close_now(&peer->uv, &nobody);
  uv_tcp_init(&peer->uv, &peer->server);
  peer->listens = local_address(&peer->server, &peer->address) && uv_listen((uv_stream_t *)&peer->server, 128, on_visitor) == 0;
  uv_async_init(&peer->uv, &peer->stop, on_stop);
  if (uv_thread_create(&peer->thread, peer_thread, peer) != 0) abort();
  return peer;
}

void six_uv_stop_peer(struct uv_driver *driver) {
  struct uv_peer *peer = driver->peer;
  if (!peer) return;
  uv_async_send(&peer->stop);
  uv_thread_join(&peer->thread);
  uv_loop_close(&peer->uv);
  free(peer);
  driver->peer = NULL;
}

// ---- The program's end.
static void give_byte(uv_handle_t *handle, size_t suggested, uv_buf_t *room) {
  struct uv_job *job = handle->data;
  (void)suggested;
  *room = uv_buf_init(job->received, 1);
}

// The socket stays open until the run is over: closing it would be a turn of its own.
static void on_answer(uv_stream_t *stream, ssize_t count, const uv_buf_t *room) {
  struct uv_job *job = stream->data;
  (void)room;
  if (count == 0) return;
  uv_read_stop(stream);
  six_uv_completed(job, SIX_PHASE_POLL);
}

static void on_connected(uv_connect_t *connect, int status) {
  struct uv_job *job = connect->data;
  bool waits = status == 0 && (job->deed != SIX_DEED_CONNECT || job->sleep_ns >= answers_from) && job->ticket;
  job->connected = status == 0;
  if (!waits) {
    six_uv_completed(job, SIX_PHASE_POLL);
    return;
  }
  uv_buf_t question = uv_buf_init((char *)&job->sleep_ns, sizeof job->sleep_ns);
  uv_try_write(&job->socket.stream, &question, 1);
  uv_read_start(&job->socket.stream, give_byte, on_answer);
}

static void on_missing(uv_connect_t *connect, int status) {
  struct uv_job *job = connect->data;
  (void)status;
  six_uv_completed(job, SIX_PHASE_PENDING);
}

void six_uv_start_socket(struct uv_job *job, const struct six_operation *operation) {
  struct uv_driver *driver = job->driver;
  job->request.any.data = job;
  job->sleep_ns = operation->ns;
  if (operation->pending) {  // no such socket: libuv reports it in the pending phase (R109)
    uv_pipe_init(&driver->uv, &job->socket.pipe, 0);
    job->socket.any.data = job;
    char name[sizeof((struct sockaddr_un *)0)->sun_path];
    snprintf(name, sizeof name, "%.*s/none", (int)sizeof name - 6, driver->folder);
    uv_pipe_connect(&job->request.connect, &job->socket.pipe, name, on_missing);
    return;
  }
  if (!driver->peer) driver->peer = start_peer();
  uv_tcp_init(&driver->uv, &job->socket.tcp);
  job->socket.any.data = job;
  if (job->unref) uv_unref(&job->socket.any);
  bool refused = job->deed == SIX_DEED_REFUSED || !driver->peer->listens;
  uv_tcp_connect(&job->request.connect, &job->socket.tcp, (struct sockaddr *)(refused ? &driver->peer->refused : &driver->peer->address),
                 on_connected);
}
