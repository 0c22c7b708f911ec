package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Devices;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.SessionOptions;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The one copy of a model in this JVM, shared by all its worker threads. One batch or two at a time
 * may be on the device; the others wait. On a cluster this holds for each job, whose classes are
 * its own.
 */
public final class SharedModel<M> implements AutoCloseable {
  /** An Image GPT fills the cores with the parts of one batch. */
  private static final Pool<GptKey, ImageGpt> GPTS =
      new Pool<>(
          key -> ImageGpt.open(local(key.modelDir), key.precision, key.options),
          ImageGpt::close,
          /* batchesOnCpu= */ 1);

  /** A second batch fills the cores where an operation of the first cannot use them all. */
  private static final Pool<EncoderKey, ImageEncoder> ENCODERS =
      new Pool<>(
          key -> ImageEncoder.open(key.info.at(local(key.info.modelDir()).toString()), key.options),
          ImageEncoder::close,
          /* batchesOnCpu= */ 2);

  /**
   * For all models: a second batch would need as much memory again, and a GPU runs one at a time.
   */
  private static final Semaphore ON_GPU = new Semaphore(1, true);

  private final M model;
  private final Semaphore devicePermits;
  private final MemoryBackOff memory;
  private final TimeLimit time;
  private final Consumer<SharedModel<M>> release;
  private int users;

  private SharedModel(
      M model,
      Semaphore devicePermits,
      MemoryBackOff memory,
      TimeLimit time,
      Consumer<SharedModel<M>> release) {
    this.model = model;
    this.devicePermits = devicePermits;
    this.memory = memory;
    this.time = time;
    this.release = release;
  }

  /**
   * Loads the model on first use; each call wants its own {@link #close}.
   *
   * @param options with {@link ModelRunOptions}
   */
  public static SharedModel<ImageGpt> ofImageGpt(
      String modelDir, Precision precision, PipelineOptions options) throws IOException {
    return GPTS.open(
        new GptKey(
            modelDir,
            precision,
            ModelRunOptions.session(options),
            ModelRunOptions.batchLimit(options)));
  }

  /** Loads the model on first use; each call wants its own {@link #close}. */
  static SharedModel<ImageEncoder> ofEncoder(EncoderInfo info, PipelineOptions options)
      throws IOException {
    return ENCODERS.open(
        new EncoderKey(
            info, ModelRunOptions.session(options), ModelRunOptions.batchLimit(options)));
  }

  /** A SavedModel in Cloud Storage is copied to this machine once. */
  private static Path local(String modelDir) throws IOException {
    return Source.of(modelDir).local();
  }

  /** Waits for the device, then runs a batch on it, in parts if its memory is too small for all. */
  public <T, R> List<R> run(List<T> batch, BiFunction<M, List<T>, List<R>> forward)
      throws IOException {
    return onDevice(batch, part -> forward.apply(model, part));
  }

  /**
   * {@link #run(List, BiFunction)} within the limit on time.
   *
   * @param name of the batch, for messages
   * @param forward knows nothing of Beam: it runs in a thread of its own
   */
  <T, R> List<R> run(String name, List<T> batch, BiFunction<M, List<T>, List<R>> forward)
      throws IOException {
    return onDevice(batch, part -> time.run(name, part, rest -> forward.apply(model, rest)));
  }

  private <T, R> List<R> onDevice(List<T> batch, Forward<T, R> forward) throws IOException {
    devicePermits.acquireUninterruptibly();
    try {
      return memory.run(batch, forward);
    } finally {
      devicePermits.release();
    }
  }

  /** The last user's close frees the model. */
  @Override
  public void close() {
    release.accept(this);
  }

  private interface Key {
    SessionOptions options();

    Duration limit();

    String name();
  }

  private record GptKey(
      String modelDir, Precision precision, SessionOptions options, Duration limit) implements Key {
    @Override
    public String name() {
      return modelDir;
    }
  }

  private record EncoderKey(EncoderInfo info, SessionOptions options, Duration limit)
      implements Key {
    @Override
    public String name() {
      return info.modelDir();
    }
  }

  @FunctionalInterface
  private interface Loader<K, M> {
    M load(K key) throws IOException;
  }

  /** The models of one kind that are loaded, and what was found out about their memory. */
  private static final class Pool<K extends Key, M> {
    private final Map<K, SharedModel<M>> open = new HashMap<>();
    private final Map<K, MemoryBackOff> memories = new ConcurrentHashMap<>();
    private final Loader<K, M> loader;
    private final Consumer<M> closer;
    private final Semaphore onCpu;

    Pool(Loader<K, M> loader, Consumer<M> closer, int batchesOnCpu) {
      this.loader = loader;
      this.closer = closer;
      this.onCpu = new Semaphore(batchesOnCpu, true);
    }

    synchronized SharedModel<M> open(K key) throws IOException {
      SharedModel<M> shared = open.get(key);
      if (shared == null) {
        shared = load(key);
        open.put(key, shared);
      }
      shared.users++;
      return shared;
    }

    private SharedModel<M> load(K key) throws IOException {
      boolean onGpu = Devices.onGpu(key.options());
      String name = "model %s on the %s".formatted(key.name(), onGpu ? "GPU" : "CPU");
      return new SharedModel<>(
          loader.load(key),
          onGpu ? ON_GPU : onCpu,
          memories.computeIfAbsent(key, unknown -> new MemoryBackOff(name)),
          new TimeLimit(key.limit()),
          user -> release(key, user));
    }

    private synchronized void release(K key, SharedModel<M> shared) {
      if (--shared.users == 0) {
        open.remove(key);
        if (!shared.time.isExceeded()) { // else TensorFlow would wait for the batch that runs
          closer.accept(shared.model);
        }
      }
    }
  }
}
