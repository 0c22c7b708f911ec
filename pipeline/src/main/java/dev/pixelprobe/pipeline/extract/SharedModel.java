package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * The one copy of a model in this JVM, shared by all its worker threads. A few batches at a time
 * may be on the device; the others wait.
 */
final class SharedModel implements AutoCloseable {
  /** A second batch fills the cores where an operation of the first cannot use them all. */
  private static final int BATCHES_AT_ONCE = 2;

  private static final Map<String, SharedModel> OPEN = new HashMap<>();

  private final String modelDir;
  private final ImageGpt model;
  private final Semaphore devicePermits = new Semaphore(BATCHES_AT_ONCE);
  private int users;

  private SharedModel(String modelDir, ImageGpt model) {
    this.modelDir = modelDir;
    this.model = model;
  }

  /** Loads the model on first use; each call wants its own {@link #close}. */
  static SharedModel open(String modelDir) throws IOException {
    synchronized (OPEN) {
      SharedModel shared = OPEN.get(modelDir);
      if (shared == null) {
        int cores = Runtime.getRuntime().availableProcessors();
        shared = new SharedModel(modelDir, ImageGpt.open(Path.of(modelDir), cores));
        OPEN.put(modelDir, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** Waits for the device, then runs one batch on it. */
  ForwardPass run(List<Tokens> images, ForwardPass.Query query) {
    devicePermits.acquireUninterruptibly();
    try {
      return model.run(images, query);
    } finally {
      devicePermits.release();
    }
  }

  /** The last user's close frees the model. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.remove(modelDir);
        model.close();
      }
    }
  }
}
