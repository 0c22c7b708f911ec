package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.array.NpyReader;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.Shape;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The images of an .npy file, uint8 [N, H, W, 3].
 *
 * @param begin offset of the first image
 */
record ImageArray(Folder folder, String name, int size, int height, int width, long begin)
    implements ImageList {
  static ImageArray open(String location) throws IOException {
    int slash = location.lastIndexOf('/');
    Folder folder = Folder.at(location.substring(0, slash));
    String name = location.substring(slash + 1);
    try (SeekableByteChannel channel = channel(folder, name);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        NpyReader reader = NpyReader.open(location, in, channel.size())) {
      Shape shape = reader.shape();
      shape.require("(N, H, W, 3)", "images " + location, "pass RGB images, channels last");
      if (reader.type() != NpyType.UINT8) {
        throw new InvalidInputException(
            "images %s: expected uint8, got %s; pass pixels of 0..255"
                .formatted(location, reader.type()));
      }
      long begin = channel.size() - shape.elements();
      return new ImageArray(folder, name, shape.dim(0), shape.dim(1), shape.dim(2), begin);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InvalidInputException(location + ": expected an .npy file, got no such file", e);
    }
  }

  private static SeekableByteChannel channel(Folder folder, String name) throws IOException {
    return new ResourceInputFile(folder.file(name)).open();
  }

  @Override
  public String nameOf(int number) {
    return "%s image %d".formatted(folder.child(name), number);
  }

  @Override
  public ImageId idOf(int number) {
    return ImageId.inShard("images", Split.TEST, name, number);
  }

  @Override
  public void addTo(PlanDigest digest) throws IOException {
    digest.addFiles(folder, List.of(name));
  }

  @Override
  public RgbImage read(int number) throws IOException {
    int bytes = height * width * 3;
    try (SeekableByteChannel channel =
            channel(folder, name).position(begin + (long) number * bytes);
        InputStream in = Channels.newInputStream(channel)) {
      byte[] rgb = in.readNBytes(bytes);
      if (rgb.length < bytes) {
        throw new EOFException(folder.child(name) + ": became shorter while it was read");
      }
      return RgbImage.wrap(height, width, rgb);
    }
  }
}
