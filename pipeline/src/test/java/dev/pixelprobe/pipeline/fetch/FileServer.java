package dev.pixelprobe.pipeline.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server on this machine that can also do what servers should not. */
public final class FileServer implements AutoCloseable {
  private static final Duration TIME_TO_READ = Duration.ofMillis(200);

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for every answer
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** How one path is answered. */
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  public FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = header(exchange, "Range");
    String ifRange = header(exchange, "If-Range");
    requests.add((path + " " + range + " " + ifRange).strip());
    try (exchange) {
      answers.getOrDefault(path, status(404)).to(exchange);
    }
  }

  public FileServer with(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** Path, Range and If-Range of what was asked. */
  public List<String> requests() {
    return requests;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  /** As it should be: with a version, and in pieces for who asks. */
  public static Answer file(byte[] content, @Nullable String tag) {
    return exchange -> {
      String range = header(exchange, "Range");
      boolean same = header(exchange, "If-Range").equals(tag == null ? "" : tag);
      if (range.isEmpty() || !same) {
        whole(exchange, content, tag);
      } else {
        part(exchange, content, tag, Integer.parseInt(range.replaceAll("\\D", "")));
      }
    };
  }

  /** A server that knows nothing of ranges. */
  public static Answer wholeOnly(byte[] content) {
    return exchange -> whole(exchange, content, null);
  }

  /** One that gives a piece whatever version was asked for. */
  static Answer pieceOfAnyVersion(byte[] content, String tag) {
    return exchange -> {
      String range = header(exchange, "Range");
      if (range.isEmpty()) {
        whole(exchange, content, tag);
      } else {
        part(exchange, content, tag, Integer.parseInt(range.replaceAll("\\D", "")));
      }
    };
  }

  /**
   * Promises all and hangs up after {@code bytes}, when the client has had time to read them:
   * Java's forgets what it has received and not yet handed on when it sees the cut.
   */
  public static Answer cutAfter(int bytes, byte[] content, @Nullable String tag) {
    return exchange -> {
      if (tag != null) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      LockSupport.parkNanos(TIME_TO_READ.toNanos());
    };
  }

  /** Of unknown length. */
  static Answer chunked(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(content);
      exchange.getResponseBody().close();
    };
  }

  public static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(URI to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to.toString());
      exchange.sendResponseHeaders(302, -1);
    };
  }

  static Answer withHeader(String name, String value, Answer answer) {
    return exchange -> {
      exchange.getResponseHeaders().set(name, value);
      answer.to(exchange);
    };
  }

  /** Each once, the last for ever. */
  public static Answer inTurn(Answer... answers) {
    AtomicInteger next = new AtomicInteger();
    return exchange -> answers[Math.min(next.getAndIncrement(), answers.length - 1)].to(exchange);
  }

  private static void whole(HttpExchange exchange, byte[] content, @Nullable String tag)
      throws IOException {
    if (tag != null) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  private static void part(HttpExchange exchange, byte[] content, @Nullable String tag, int from)
      throws IOException {
    if (tag != null) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    if (from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
