package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one copy of a model in this JVM, shared by all its worker threads. A few batches at a time
 * may be on the device; the others wait.
 */
public final class SharedModel<M> implements AutoCloseable {
  /** A second batch fills the cores where an operation of the first cannot use them all. */
  private static final int BATCHES_AT_ONCE = 2;

  private static final Pool<GptKey, ImageGpt> GPTS =
      new Pool<>(
          (key, cores) -> ImageGpt.open(local(key.modelDir), key.precision, cores),
          ImageGpt::close);
  private static final Pool<EncoderInfo, ImageEncoder> ENCODERS =
      new Pool<>(
          (info, cores) -> ImageEncoder.open(info.at(local(info.modelDir()).toString()), cores),
          ImageEncoder::close);

  private final M model;
  private final Semaphore devicePermits = new Semaphore(BATCHES_AT_ONCE);
  private final Consumer<SharedModel<M>> release;
  private int users;

  private SharedModel(M model, Consumer<SharedModel<M>> release) {
    this.model = model;
    this.release = release;
  }

  /** A SavedModel in Cloud Storage is copied to this machine once. */
  private static Path local(String modelDir) throws IOException {
    return Source.of(modelDir).local();
  }

  /** Loads the model on first use; each call wants its own {@link #close}. */
  public static SharedModel<ImageGpt> ofImageGpt(String modelDir, Precision precision)
      throws IOException {
    return GPTS.open(new GptKey(modelDir, precision));
  }

  /** Loads the model on first use; each call wants its own {@link #close}. */
  static SharedModel<ImageEncoder> ofEncoder(EncoderInfo info) throws IOException {
    return ENCODERS.open(info);
  }

  /** Waits for the device, then runs one batch on it. */
  public <R> R run(Function<M, R> batch) {
    devicePermits.acquireUninterruptibly();
    try {
      return batch.apply(model);
    } finally {
      devicePermits.release();
    }
  }

  /** The last user's close frees the model. */
  @Override
  public void close() {
    release.accept(this);
  }

  private record GptKey(String modelDir, Precision precision) {}

  @FunctionalInterface
  private interface Loader<K, M> {
    M load(K key, int cores) throws IOException;
  }

  /** The models of one kind that are loaded. */
  private static final class Pool<K, M> {
    private final Map<K, SharedModel<M>> open = new HashMap<>();
    private final Loader<K, M> loader;
    private final Consumer<M> closer;

    Pool(Loader<K, M> loader, Consumer<M> closer) {
      this.loader = loader;
      this.closer = closer;
    }

    synchronized SharedModel<M> open(K key) throws IOException {
      SharedModel<M> shared = open.get(key);
      if (shared == null) {
        int cores = Runtime.getRuntime().availableProcessors();
        shared = new SharedModel<>(loader.load(key, cores), user -> release(key, user));
        open.put(key, shared);
      }
      shared.users++;
      return shared;
    }

    private synchronized void release(K key, SharedModel<M> shared) {
      if (--shared.users == 0) {
        open.remove(key);
        closer.accept(shared.model);
      }
    }
  }
}
