package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.data.ResourceInputFile;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a feature set, in a folder of any of Beam's file systems. */
public final class FeatureFiles {
  static final String SUFFIX = ".parquet";

  /** Where Beam's FileIO writes before it renames. It never deletes the directory itself. */
  private static final String TEMPORARY = ".temp-beam";

  /** FileIO's own naming: of a split, the number of a file, and of how many. */
  private static final Pattern SHARD =
      Pattern.compile("([a-z]+)-\\d+-of-(\\d+)" + Pattern.quote(SUFFIX));

  private FeatureFiles() {}

  /**
   * The Parquet files in a folder by name, with their row counts: what {@link WriteFeatures} left,
   * for the manifest.
   *
   * @throws IOException also if some are missing that were written
   */
  public static List<FeatureManifest.File> list(String location) throws IOException {
    Folder folder = Folder.at(location);
    List<FeatureManifest.File> files = new ArrayList<>();
    for (FolderFile file : folder.list()) {
      if (SHARD.matcher(file.name()).matches()) {
        files.add(new FeatureManifest.File(file.name(), rows(folder, file.name())));
      }
    }
    requireAll(folder, files);
    return List.copyOf(files);
  }

  private static void requireAll(Folder folder, List<FeatureManifest.File> files)
      throws IOException {
    Map<String, Integer> missing = new HashMap<>();
    for (FeatureManifest.File file : files) {
      Matcher shard = SHARD.matcher(file.name());
      if (shard.matches()) {
        missing.putIfAbsent(shard.group(1), Integer.parseInt(shard.group(2)));
        missing.merge(shard.group(1), -1, Integer::sum);
      }
    }
    for (Map.Entry<String, Integer> split : missing.entrySet()) {
      if (split.getValue() > 0) {
        throw folder.unseen("%d more %s-*%s".formatted(split.getValue(), split.getKey(), SUFFIX));
      }
    }
  }

  private static long rows(Folder folder, String file) throws IOException {
    return new FeatureFile(new ResourceInputFile(folder.file(file))).rows();
  }

  static void deleteTemporary(String location) throws IOException {
    Folder.at(location).child(TEMPORARY).delete();
  }
}
