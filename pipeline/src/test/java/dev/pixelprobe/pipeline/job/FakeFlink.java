package dev.pixelprobe.pipeline.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers like Flink's REST interface, with what it was told to. */
public final class FakeFlink implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private FakeFlink(HttpServer server) {
    this.server = server;
  }

  public static FakeFlink start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeFlink flink = new FakeFlink(server);
    server.createContext("/", flink::answer);
    server.start();
    return flink;
  }

  /** What a GET gives; all else is an error in JSON, as Flink's are. */
  public FakeFlink with(String path, String json) {
    answers.put(path, json);
    return this;
  }

  public String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** All requests so far: method and path. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    String asked = query == null ? path : path + "?" + query;
    requests.add(exchange.getRequestMethod() + " " + asked);
    String json = answers.get(asked);
    byte[] body = (json == null ? "{\"errors\":[\"no\"]}" : json).getBytes(UTF_8);
    exchange.sendResponseHeaders(json == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
