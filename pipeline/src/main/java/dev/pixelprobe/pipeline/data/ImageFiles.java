package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The PNG and JPEG files below a folder, however deep, sorted by name.
 *
 * @param files relative to the folder
 */
record ImageFiles(Folder folder, List<String> files) implements ImageList {
  private static final Pattern IMAGE =
      Pattern.compile(".*\\.(png|jpg|jpeg)", Pattern.CASE_INSENSITIVE);

  ImageFiles {
    files = List.copyOf(files);
  }

  static ImageFiles below(Folder folder) throws IOException {
    return new ImageFiles(
        folder, folder.list().stream().map(FolderFile::name).filter(ImageFiles::isImage).toList());
  }

  private static boolean isImage(String file) {
    boolean contactSheet = file.endsWith("/" + CONTACT_SHEET) || file.equals(CONTACT_SHEET);
    return !contactSheet && IMAGE.matcher(file).matches();
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public String nameOf(int number) {
    return folder.child(files.get(number)).location();
  }

  @Override
  public ImageId idOf(int number) {
    return ImageId.ofFile("images", Split.TEST, files.get(number), number);
  }

  @Override
  public RgbImage read(int number) throws IOException {
    try {
      return ImageDecoder.decode(folder.read(files.get(number)));
    } catch (UnreadableRecordException e) {
      throw new InvalidInputException(
          "%s: %s; mend it or move it away".formatted(nameOf(number), e.getMessage()), e);
    }
  }

  @Override
  public void addTo(PlanDigest digest) throws IOException {
    digest.addFiles(folder, files);
  }
}
