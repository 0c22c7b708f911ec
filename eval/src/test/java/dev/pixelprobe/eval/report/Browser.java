package dev.pixelprobe.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One page of a headless Chromium, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages;
  private final List<String> complaints = new ArrayList<>();
  private int calls;
  private String session = "";

  private Browser(Process process, WebSocket socket, BlockingQueue<JsonNode> messages) {
    this.process = process;
    this.socket = socket;
    this.messages = messages;
  }

  /** Where Chromium is on this machine, if it is. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start(Path program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(profile), new Listener(messages))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Browser browser = new Browser(process, socket, messages);
    browser.attach();
    return browser;
  }

  /** Chromium writes down its port and path once it listens. */
  private static URI address(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 10 * PATIENCE_SECONDS; i++) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("chromium: expected it to listen, got no " + file);
  }

  private void attach() throws Exception {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /**
   * Opens a page as on a screen of this width.
   *
   * @param scheme light or dark
   */
  void open(Path page, int width, String scheme) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    complaints.clear();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    while (!evaluate("document.readyState + location.protocol").asText().equals("completefile:")) {
      Thread.onSpinWait();
    }
  }

  /** The value of an expression, awaited if it is a promise. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  /** A picture of the whole page. */
  void screenshot(Path file) throws Exception {
    JsonNode answer =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(answer.get("data").asText()));
  }

  /**
   * What the page last opened wrote on the console, what the browser has against it, and its
   * requests to anywhere but the disk.
   */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ++calls;
    ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
    request.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      request.put("sessionId", session);
    }
    socket.sendText(request.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (true) {
      JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException(method + ": expected an answer from chromium, got none");
      }
      if (message.path("id").asInt() == id) {
        return answer(method, message);
      }
      note(message);
    }
  }

  private static JsonNode answer(String method, JsonNode message) throws IOException {
    if (message.has("error")) {
      throw new IOException(method + ": " + message.get("error"));
    }
    return message.get("result");
  }

  private void note(JsonNode message) {
    JsonNode parameters = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(parameters.toString());
      case "Network.requestWillBeSent" -> {
        String url = parameters.at("/request/url").asText();
        if (!url.startsWith("file:") && !url.startsWith("data:") && !url.startsWith("about:")) {
          complaints.add("request to " + url);
        }
      }
      default -> {}
    }
  }

  @Override
  public void close() throws Exception {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Puts the pieces of a message together. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<JsonNode> messages) {
      this.messages = messages;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      webSocket.request(1);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      return null;
    }
  }
}
