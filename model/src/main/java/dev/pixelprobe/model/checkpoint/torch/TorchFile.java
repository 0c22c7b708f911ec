package dev.pixelprobe.model.checkpoint.torch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A pytorch_model.bin: what {@code torch.save(model.state_dict(), ..)} writes, today as a zip and
 * before PyTorch 1.6 as a row of pickles.
 */
public final class TorchFile {
  private TorchFile() {}

  /**
   * Opens the file and reads its dict of tensors, without running anything it asks for.
   *
   * @throws InvalidInputException if there is no such file, it is damaged, or its pickle would do
   *     more than describe tensors
   */
  public static TensorFile open(Path file) throws IOException {
    return TensorFile.open(file, "a file of torch.save", TorchFile::locate);
  }

  private static Map<String, TensorInfo> locate(Path file, FileChannel channel) throws IOException {
    byte[] start = new byte[(int) Math.min(LegacyTorch.MAGIC_BYTES, channel.size())];
    TensorFile.readFully(file, channel, ByteBuffer.wrap(start), 0);
    if (start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
      return TorchZip.tensors(file, channel);
    }
    if (Arrays.equals(start, LegacyTorch.magic())) {
      return LegacyTorch.tensors(file, channel);
    }
    throw new InvalidInputException(
        file + ": expected what torch.save writes, got something else; fetch the file again");
  }
}
