package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The format of torch.save before PyTorch 1.6: pickles of a magic number, a version, facts on the
 * machine, the dict and the storages' keys; then each storage, its length in front.
 */
final class LegacyTorch {
  private static final String MAGIC = "80028a0a6cfc9c46f9206aa850192e";
  static final int MAGIC_BYTES = MAGIC.length() / 2;
  private static final long VERSION = 1001;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Long> begins = new HashMap<>();

  private LegacyTorch(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The pickled magic number, with which such a file begins. */
  static byte[] magic() {
    return HexFormat.of().parseHex(MAGIC);
  }

  static Map<String, TensorInfo> tensors(Path file, FileChannel channel) throws IOException {
    return new LegacyTorch(file, channel).tensors();
  }

  private Map<String, TensorInfo> tensors() throws IOException {
    PickleInput in = new PickleInput(file, channel, MAGIC_BYTES, channel.size());
    Object version = new PickleMachine(in).read();
    if (!(version instanceof Long number && number == VERSION)) {
      throw in.wrong("version " + VERSION, "another");
    }
    Object machine = new PickleMachine(in).read();
    if (!(machine instanceof Map<?, ?> facts) || !Boolean.TRUE.equals(facts.get("little_endian"))) {
      throw in.wrong("a file from a little-endian machine", "another");
    }
    PickleMachine dict = new PickleMachine(in);
    Object unpickled = dict.read();
    if (!(new PickleMachine(in).read() instanceof List<?> keys)) {
      throw in.wrong("a list of storages", "something else");
    }
    locate(keys, dict.storages(), in.position());
    return new StateDict(file, this::begin).tensors(unpickled);
  }

  private void locate(List<?> keys, Map<String, TorchStorage> storages, long begin)
      throws IOException {
    long at = begin;
    for (Object key : keys) {
      TorchStorage storage = key instanceof String text ? storages.get(text) : null;
      if (storage == null || begins.containsKey(storage.key())) {
        throw new InvalidInputException(
            file + ": expected every storage listed once, got another list; fetch the file again");
      }
      if (channel.size() - at < Long.BYTES || length(at) != storage.elements()) {
        throw wrong(storage);
      }
      at += Long.BYTES;
      if (storage.elements() > (channel.size() - at) / storage.dtype().bytes()) {
        throw wrong(storage);
      }
      begins.put(storage.key(), at);
      at += storage.elements() * storage.dtype().bytes();
    }
  }

  private long length(long at) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    TensorFile.readFully(file, channel, length, at);
    return length.getLong(0);
  }

  private long begin(TorchStorage storage) {
    Long begin = begins.get(storage.key());
    if (begin == null) {
      throw wrong(storage);
    }
    return begin;
  }

  private InvalidInputException wrong(TorchStorage storage) {
    return new InvalidInputException(
        "%s: storage %s: expected %d elements of %s in the file, got none or fewer; fetch the file again"
            .formatted(
                file, ForeignText.brief(storage.key()), storage.elements(), storage.dtype()));
  }
}
