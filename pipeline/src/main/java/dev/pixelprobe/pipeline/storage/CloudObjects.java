package dev.pixelprobe.pipeline.storage;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** Objects as files: listed, downloaded, uploaded and deleted, each transfer verified. */
final class CloudObjects {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int DOWNLOADS = 3;
  private static final int PRECONDITION_FAILED = 412;
  private static final BlobField[] FIELDS = {
    BlobField.NAME, BlobField.GENERATION, BlobField.SIZE, BlobField.CRC32C, BlobField.MD5HASH
  };
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "json", "application/json",
          "jsonl", "application/jsonl",
          "log", "text/plain; charset=utf-8",
          "md", "text/markdown; charset=utf-8",
          "png", "image/png");

  private final Storage storage;

  CloudObjects(Storage storage) {
    this.storage = storage;
  }

  /** The object of exactly this name. */
  Optional<CloudObject> find(CloudPath path) throws IOException {
    if (path.name().isEmpty()) {
      return Optional.empty();
    }
    BlobId id = BlobId.of(path.bucket(), path.name());
    Blob blob = CloudFailures.inWords(path, () -> storage.get(id, BlobGetOption.fields(FIELDS)));
    return Optional.ofNullable(blob).map(found -> described(path.bucket(), found));
  }

  /** All objects below a folder, sorted by name; what only stands for a folder is passed over. */
  List<CloudObject> below(CloudPath folder) throws IOException {
    return startingWith(folder, folder.prefix());
  }

  /** All objects whose names begin so, sorted by name. */
  List<CloudObject> startingWith(CloudPath path, String prefix) throws IOException {
    return CloudFailures.inWords(
        path,
        () -> {
          List<CloudObject> objects = new ArrayList<>();
          storage
              .list(path.bucket(), BlobListOption.prefix(prefix), BlobListOption.fields(FIELDS))
              .iterateAll()
              .forEach(
                  blob -> {
                    if (!blob.getName().endsWith("/")) {
                      objects.add(described(path.bucket(), blob));
                    }
                  });
          return objects;
        });
  }

  /** The names of what lies directly in a folder; of folders in it with a slash at their end. */
  List<String> namesIn(CloudPath folder) throws IOException {
    return CloudFailures.inWords(
        folder,
        () -> {
          List<String> names = new ArrayList<>();
          storage
              .list(
                  folder.bucket(),
                  BlobListOption.prefix(folder.prefix()),
                  BlobListOption.currentDirectory())
              .iterateAll()
              .forEach(blob -> names.add(blob.getName().substring(folder.prefix().length())));
          return names;
        });
  }

  /** Creates an empty object, unless there is one of that name. */
  boolean create(CloudPath path) throws IOException {
    BlobInfo info = BlobInfo.newBuilder(path.bucket(), path.name()).build();
    try {
      storage.create(info, new byte[0], BlobTargetOption.doesNotExist());
      return true;
    } catch (StorageException e) {
      if (e.getCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw CloudFailures.described(path, e);
    }
  }

  /** A small text; empty if there is none. */
  Optional<String> text(CloudPath path) throws IOException {
    if (find(path).isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes =
        CloudFailures.inWords(path, () -> storage.readAllBytes(path.bucket(), path.name()));
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static CloudObject described(String bucket, Blob blob) {
    String md5 = blob.getMd5() == null ? "" : blob.getMd5();
    return new CloudObject(
        new CloudPath(bucket, blob.getName()),
        blob.getGeneration(),
        blob.getSize(),
        blob.getCrc32c(),
        md5);
  }

  /**
   * Downloads one version of an object. The library goes on where a connection broke off; what came
   * through damaged is asked for again.
   *
   * @param received hears of every byte
   */
  void download(CloudObject object, Path file, LongConsumer received) throws IOException {
    String got = "";
    for (int attempt = 0; attempt < DOWNLOADS; attempt++) {
      got = CloudFailures.inWords(object.path(), () -> copy(object, file, received));
      if (got.equals(object.crc32c()) && Files.size(file) == object.size()) {
        return;
      }
    }
    throw new IOException(
        "%s: expected %,d bytes with CRC32C %s, got %,d with %s, %d times; try again, or upload it anew"
            .formatted(
                object.path(), object.size(), object.crc32c(), Files.size(file), got, DOWNLOADS));
  }

  private String copy(CloudObject object, Path file, LongConsumer received) throws IOException {
    BlobId id = BlobId.of(object.path().bucket(), object.path().name(), object.generation());
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (ReadChannel in = storage.reader(id, BlobSourceOption.shouldReturnRawInputStream(true));
        OutputStream out = Files.newOutputStream(file)) {
      while (in.read(buffer) >= 0) {
        out.write(buffer.array(), 0, buffer.position());
        crc.update(buffer.array(), 0, buffer.position());
        received.accept(buffer.position());
        buffer.clear();
      }
    }
    return Crc32c.base64(crc);
  }

  /**
   * Uploads a file by a resumable upload; the server compares the checksum before the object
   * appears.
   */
  void upload(Path file, CloudPath path) throws IOException {
    BlobInfo info =
        BlobInfo.newBuilder(path.bucket(), path.name())
            .setContentType(contentType(path.name()))
            .setCrc32c(Crc32c.of(file))
            .build();
    Blob blob =
        CloudFailures.inWords(
            path, () -> storage.createFrom(info, file, BlobWriteOption.crc32cMatch()));
    if (!info.getCrc32c().equals(blob.getCrc32c())) {
      throw new IOException(
          "%s: expected CRC32C %s after the upload, got %s; the file changed meanwhile, try again"
              .formatted(path, info.getCrc32c(), blob.getCrc32c()));
    }
  }

  private static String contentType(String name) {
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    return CONTENT_TYPES.getOrDefault(suffix, "application/octet-stream");
  }

  /** Deletes objects, each with retries of its own; those that are gone already are fine. */
  void delete(List<CloudPath> paths) throws IOException {
    List<Transfers.Transfer> deletions = new ArrayList<>();
    for (CloudPath path : paths) {
      BlobId id = BlobId.of(path.bucket(), path.name());
      deletions.add(() -> CloudFailures.inWords(path, () -> storage.delete(id)));
    }
    Transfers.run("delete", 0, () -> 0, deletions);
  }
}
