package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.data.ResourceInputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/** The files of a feature set, in a directory of any of Beam's file systems. */
public final class FeatureFiles {
  static final String SUFFIX = ".parquet";

  /** Where Beam's FileIO writes before it renames. It never deletes the directory itself. */
  private static final String TEMPORARY = ".temp-beam";

  private FeatureFiles() {}

  /**
   * The Parquet files in {@code directory} by name, with their row counts: what {@link
   * WriteFeatures} left, for the manifest.
   */
  public static List<FeatureManifest.File> list(String directory) throws IOException {
    List<FeatureManifest.File> files = new ArrayList<>();
    for (ResourceId file : match(directory(directory), "*" + SUFFIX)) {
      long rows = new FeatureFile(new ResourceInputFile(file)).rows();
      files.add(new FeatureManifest.File(String.valueOf(file.getFilename()), rows));
    }
    files.sort(Comparator.comparing(FeatureManifest.File::name));
    return List.copyOf(files);
  }

  static ResourceId resolve(String directory, String name) {
    return directory(directory).resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }

  static void deleteTemporary(String directory) throws IOException {
    ResourceId temporary =
        directory(directory).resolve(TEMPORARY, StandardResolveOptions.RESOLVE_DIRECTORY);
    List<ResourceId> remains = new ArrayList<>(match(temporary, "*"));
    remains.add(temporary);
    FileSystems.delete(remains, MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private static ResourceId directory(String path) {
    return FileSystems.matchNewResource(path, /* isDirectory= */ true);
  }

  private static List<ResourceId> match(ResourceId directory, String glob) throws IOException {
    String pattern = directory.resolve(glob, StandardResolveOptions.RESOLVE_FILE).toString();
    return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(Metadata::resourceId)
        .toList();
  }
}
