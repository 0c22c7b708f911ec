package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Local copies of objects, each made once: {@code trees} by the digest of their listing (names,
 * sizes, checksums), and in {@code files} every content that a tree holds, by hard links. A tree
 * appears by a rename when all its files are there and verified.
 */
final class StagedCopies {
  /** What this process has staged, for messages. */
  private static final Map<String, CloudPath> ORIGINALS = new ConcurrentHashMap<>();

  private final Path root;
  private final CloudObjects objects;

  StagedCopies(Path root, CloudObjects objects) {
    this.root = root;
    this.objects = objects;
  }

  /** The copies of this machine. */
  static StagedCopies here() throws IOException {
    return new StagedCopies(LocalCache.directory().resolve("staged"), CloudAccess.objects());
  }

  /**
   * A local copy of some objects.
   *
   * @param folder below which they lie
   * @param listed as {@link CloudObjects#below} lists them, or some of these
   * @return the copy's folder, of the same name
   */
  Path of(CloudPath folder, List<CloudObject> listed) throws IOException {
    List<Copy> copies = copies(folder, listed);
    String digest = digest(folder.lastPart(), copies);
    Path tree = root.resolve("trees").resolve(digest);
    if (!Files.exists(tree)) {
      try (FileGuard alone = FileGuard.on(root.resolve("locks").resolve(digest))) {
        if (!Files.exists(tree)) {
          fill(tree, folder.lastPart(), copies);
        }
      }
    }
    Path copy = tree.resolve(folder.lastPart());
    ORIGINALS.put(copy.toString(), folder);
    return copy;
  }

  /** A message about local copies as one about what they are copies of. */
  static String naming(String message) {
    String named = message;
    for (Map.Entry<String, CloudPath> copy : ORIGINALS.entrySet()) {
      named = named.replace(copy.getKey(), copy.getValue().toString());
    }
    return named;
  }

  /** An object, and its place in the tree. */
  private record Copy(CloudObject object, String place) {}

  private static List<Copy> copies(CloudPath folder, List<CloudObject> listed) {
    List<Copy> copies = new ArrayList<>();
    for (CloudObject object : listed) {
      String place = object.path().name().substring(folder.prefix().length());
      if (!CloudPath.isPlain(place)) {
        throw new InvalidInputException(
            "%s: expected a name that can be a file's, with no empty, . or .. part; rename the object"
                .formatted(object.path()));
      }
      copies.add(new Copy(object, place));
    }
    return copies;
  }

  private static String digest(String name, List<Copy> copies) {
    StringBuilder listing = new StringBuilder(name).append('\n');
    for (Copy copy : copies) {
      listing.append(copy.place).append('\0').append(copy.object.content()).append('\n');
    }
    return Sha256.hex(listing.toString());
  }

  private void fill(Path tree, String name, List<Copy> copies) throws IOException {
    Path partial = Path.of(tree + ".partial");
    AsideDirectory.delete(partial);
    Path folder = partial.resolve(name);
    Files.createDirectories(folder);
    AtomicLong received = new AtomicLong();
    List<Transfers.Transfer> missing = new ArrayList<>();
    long bytes = 0;
    for (Copy copy : copies) {
      Path file = folder.resolve(copy.place);
      Files.createDirectories(file.getParent());
      Path kept = kept(copy.object);
      if (!isLinked(kept, file)) {
        bytes += copy.object.size();
        missing.add(
            () -> {
              objects.download(copy.object, file, received::addAndGet);
              keep(file, kept);
            });
      }
    }
    Transfers.run("download", bytes, received::get, missing);
    Files.move(partial, tree, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path kept(CloudObject object) throws IOException {
    return Files.createDirectories(root.resolve("files")).resolve(Sha256.hex(object.content()));
  }

  private static boolean isLinked(Path kept, Path file) throws IOException {
    if (!Files.exists(kept)) {
      return false;
    }
    Files.createLink(file, kept);
    return true;
  }

  private static void keep(Path file, Path kept) throws IOException {
    try {
      Files.createLink(kept, file);
    } catch (FileAlreadyExistsException e) {
      return; // another tree has the same content
    } catch (UnsupportedOperationException | FileSystemException e) {
      return; // a file system without hard links: no tree shares with another
    }
  }
}
