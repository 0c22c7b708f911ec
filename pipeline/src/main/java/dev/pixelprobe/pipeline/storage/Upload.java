package dev.pixelprobe.pipeline.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A local folder on its way to Cloud Storage.
 *
 * @param deciding the file that is uploaded when all others are there
 */
public record Upload(Path folder, String deciding) {
  public static Upload of(Path folder, String deciding) {
    return new Upload(folder, deciding);
  }

  /** Uploads it, unless all its files are there: a bucket may delete old ones one by one. */
  public void onceTo(Target target) throws IOException {
    CloudPath place = target.inCloud();
    Set<CloudPath> there =
        CloudAccess.objects().below(place).stream()
            .map(CloudObject::path)
            .collect(Collectors.toSet());
    for (Path file : files()) {
      if (!there.contains(placeOf(file, place))) {
        to(place);
        return;
      }
    }
  }

  private CloudPath placeOf(Path file, CloudPath place) {
    return place.resolve(folder.relativize(file).toString());
  }

  void to(CloudPath place) throws IOException {
    CloudObjects objects = CloudAccess.objects();
    Path last = folder.resolve(deciding);
    AtomicLong done = new AtomicLong();
    long bytes = 0;
    List<Transfers.Transfer> transfers = new ArrayList<>();
    for (Path file : files()) {
      if (!file.equals(last)) {
        long size = Files.size(file);
        bytes += size;
        transfers.add(
            () -> {
              objects.upload(file, placeOf(file, place));
              done.addAndGet(size);
            });
      }
    }
    Transfers.run("upload", bytes, done::get, transfers);
    if (Files.exists(last)) {
      objects.upload(last, place.resolve(deciding));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
