package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The service on a free port of this machine, holding everything in memory until it is closed. */
public final class CloudStorageStandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Buckets buckets = new Buckets();
  private final JsonApi api;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger readsToCut = new AtomicInteger();
  private final AtomicInteger readsToDamage = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private volatile int refused = Integer.MAX_VALUE;
  private volatile Consumer<Request> listener = request -> {};

  private CloudStorageStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api = new JsonApi(buckets, new Uploads(buckets, host()));
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** A service with one empty bucket. */
  public static CloudStorageStandIn withBucket(String bucket) throws IOException {
    CloudStorageStandIn standIn = new CloudStorageStandIn();
    standIn.buckets.create(bucket);
    return standIn;
  }

  /** {@code http://127.0.0.1:PORT}: the google-cloud-storage client's host. */
  public String host() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Beam's options for it. */
  public List<String> beamOptions() {
    return List.of(
        "--gcsEndpoint=" + host() + "/storage/v1/",
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
        "--project=stand-in");
  }

  /** Puts an object there, past the wire. */
  public void put(String bucket, String object, byte[] bytes) {
    buckets.put(
        bucket, object, ByteString.copyFrom(bytes), JsonNodeFactory.instance.objectNode(), "");
  }

  /** An object's bytes, past the wire. */
  public byte[] get(String bucket, String object) {
    return buckets
        .find(bucket, object)
        .orElseThrow(() -> new AssertionError("no object %s/%s".formatted(bucket, object)))
        .bytes()
        .toByteArray();
  }

  /** The names of all objects of a bucket, in order. */
  public List<String> names(String bucket) {
    return buckets.names(bucket);
  }

  /** Lists at most this many at once. */
  public void pageSize(int most) {
    api.pageSize(most);
  }

  /** Answers every n-th request with 503 from now on. */
  public void refuseEvery(int nth) {
    received.set(0);
    refused = nth;
  }

  /** Ends the connection half-way through the next reads of objects' bytes. */
  public void cutReads(int count) {
    readsToCut.set(count);
  }

  /** Flips a bit of the next reads of objects' bytes. */
  public void damageReads(int count) {
    readsToDamage.set(count);
  }

  /** Hears of each request before it is answered, and may hold it up. */
  public void listen(Consumer<Request> to) {
    listener = to;
  }

  /** What was asked so far; parts of a batch count as one. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.of(exchange);
      requests.add(request);
      listener.accept(request);
      boolean isRefused = received.incrementAndGet() % refused == 0;
      Reply reply =
          isRefused
              ? Reply.error(503, "backendError", "We encountered an internal error. Try again.")
              : api.handle(request);
      send(request, reply, exchange);
    }
  }

  private void send(Request request, Reply reply, HttpExchange exchange) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().toByteArray();
    boolean isRead = request.isMediaRead() && reply.status() < 300 && body.length > 1;
    if (isRead && takeOne(readsToDamage)) {
      body[body.length / 2] ^= 1;
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    int sent = isRead && takeOne(readsToCut) ? body.length / 2 : body.length;
    if (sent > 0) {
      exchange.getResponseBody().write(body, 0, sent);
    }
  }

  private static boolean takeOne(AtomicInteger left) {
    return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }
}
