package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The format of torch.save since PyTorch 1.6: a zip of {@code NAME/data.pkl}, the dict, and {@code
 * NAME/data/KEY}, the storages.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";

  private final Path file;
  private final FileChannel channel;
  private final ZipDirectory zip;
  private final String folder;

  private TorchZip(Path file, FileChannel channel, ZipDirectory zip, String folder) {
    this.file = file;
    this.channel = channel;
    this.zip = zip;
    this.folder = folder;
  }

  static Map<String, TensorInfo> tensors(Path file, FileChannel channel) throws IOException {
    ZipDirectory zip = ZipDirectory.read(file, channel);
    List<String> pickles =
        zip.names().stream()
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length())
            .filter(name -> name.endsWith(PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new InvalidInputException(
          "%s: expected one entry NAME/data.pkl, as torch.save writes it, got %d"
              .formatted(file, pickles.size()));
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    return new TorchZip(file, channel, zip, folder).tensors();
  }

  private Map<String, TensorInfo> tensors() throws IOException {
    requireLittleEndian();
    ZipDirectory.Entry pickle = zip.entry(folder + PICKLE);
    PickleInput in =
        new PickleInput(file, channel, pickle.begin(), pickle.begin() + pickle.bytes());
    return new StateDict(file, this::begin).tensors(new PickleMachine(in).read());
  }

  /** Newer files say so; older ones come from machines that are. */
  private void requireLittleEndian() throws IOException {
    String name = folder + "/byteorder";
    if (!zip.names().contains(name)) {
      return;
    }
    ZipDirectory.Entry entry = zip.entry(name);
    byte[] order = new byte[(int) Math.min(entry.bytes(), 16)];
    TensorFile.readFully(file, channel, ByteBuffer.wrap(order), entry.begin());
    String got = new String(order, StandardCharsets.US_ASCII);
    if (!got.equals("little")) {
      throw new InvalidInputException(
          "%s: byteorder: expected little, got %s; save it on a little-endian machine"
              .formatted(file, ForeignText.brief(got)));
    }
  }

  private long begin(TorchStorage storage) throws IOException {
    ZipDirectory.Entry entry = zip.entry(folder + "/data/" + storage.key());
    int bytes = storage.dtype().bytes();
    if (entry.bytes() % bytes != 0 || entry.bytes() / bytes != storage.elements()) {
      throw new InvalidInputException(
          "%s: storage %s: expected %d elements of %s, got %d bytes; fetch the file again"
              .formatted(
                  file,
                  ForeignText.brief(storage.key()),
                  storage.elements(),
                  storage.dtype(),
                  entry.bytes()));
    }
    return entry.begin();
  }
}
