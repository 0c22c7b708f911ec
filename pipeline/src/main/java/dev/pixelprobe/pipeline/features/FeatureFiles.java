package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.data.ResourceInputFile;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files of a feature set, in a folder of any of Beam's file systems. */
public final class FeatureFiles {
  static final String SUFFIX = ".parquet";

  /** Where Beam's FileIO writes before it renames. It never deletes the directory itself. */
  private static final String TEMPORARY = ".temp-beam";

  /** FileIO's own naming: of a split, the number of a file, and of how many. */
  private static final Pattern SHARD =
      Pattern.compile("[a-z]+-\\d+-of-\\d+" + Pattern.quote(SUFFIX));

  private FeatureFiles() {}

  /**
   * The Parquet files in a folder by name, with their row counts: what {@link WriteFeatures} left,
   * for the manifest.
   */
  public static List<FeatureManifest.File> list(String location) throws IOException {
    Folder folder = Folder.at(location);
    List<FeatureManifest.File> files = new ArrayList<>();
    for (FolderFile file : folder.list()) {
      if (SHARD.matcher(file.name()).matches()) {
        files.add(new FeatureManifest.File(file.name(), rows(folder, file.name())));
      }
    }
    return List.copyOf(files);
  }

  private static long rows(Folder folder, String file) throws IOException {
    return new FeatureFile(new ResourceInputFile(folder.file(file))).rows();
  }

  static void deleteTemporary(String location) throws IOException {
    Folder.at(location).child(TEMPORARY).delete();
  }
}
