package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In a bucket, where nothing can be renamed: each process fills a folder of its own, {@code
 * DIGEST/UUID/}, and the entry is the one that the object {@code DIGEST/entry} names. That object
 * is made on condition that there is none yet, so of several processes one wins and the others
 * delete what they filled.
 */
final class RemoteDigestCache implements DigestCache {
  private static final String ENTRY = "entry";
  private static final Pattern FILE = Pattern.compile("([0-9a-f]{64}/[0-9a-f-]{36})/.+");

  /** For so long an upload may go on before the bucket shows anything of it. */
  private static final Duration STALE = Duration.ofDays(7);

  private final Folder entries;
  private final Check check;
  private final InstantSource clock;

  RemoteDigestCache(Folder entries, Check check, InstantSource clock) {
    this.entries = entries;
    this.check = check;
    this.clock = clock;
  }

  @Override
  public Optional<String> lookup(String digest) throws IOException {
    Optional<Folder> named = named(digest);
    return named.isPresent() && check.isComplete(named.get().location(), digest)
        ? named.map(Folder::location)
        : Optional.empty();
  }

  @Override
  public String publish(String digest, Content content) throws IOException {
    deleteStale();
    Folder own = folder(digest).child(UUID.randomUUID().toString());
    Folder entry;
    try {
      content.writeTo(own.location());
      if (!check.isComplete(own.location(), digest)) {
        throw new IllegalStateException(
            "%s: expected a complete folder of %s".formatted(own, digest));
      }
      entry = enter(digest, own);
    } catch (IOException | RuntimeException e) {
      own.deleteAfter(e);
      throw e;
    }
    if (!entry.equals(own)) {
      own.delete();
    }
    return entry.location();
  }

  /** The folder that is the entry now: another one if it was first and is whole. */
  private Folder enter(String digest, Folder own) throws IOException {
    byte[] name = name(own).getBytes(StandardCharsets.UTF_8);
    try {
      folder(digest).create(ENTRY, name);
      return own;
    } catch (IOException e) {
      // Not only because there is one: a request that is sent again may meet what the first did.
      Optional<Folder> first = named(digest);
      if (first.isEmpty()) {
        throw e;
      }
      if (first.get().equals(own) || check.isComplete(first.get().location(), digest)) {
        return first.get();
      }
      folder(digest).write(ENTRY, name);
      first.get().delete();
      return own;
    }
  }

  private Optional<Folder> named(String digest) throws IOException {
    try {
      String name = new String(folder(digest).read(ENTRY), StandardCharsets.UTF_8);
      return Optional.of(folder(digest).child(name));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What ended processes left: folders that are old and no entry. */
  private void deleteStale() throws IOException {
    Instant limit = clock.instant().minus(STALE);
    Map<String, Instant> latest = new HashMap<>();
    for (FolderFile file : entries.list()) {
      Matcher name = FILE.matcher(file.name());
      if (name.matches()) {
        latest.merge(name.group(1), file.modified(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    for (Map.Entry<String, Instant> folder : latest.entrySet()) {
      Folder place = entries.child(folder.getKey());
      String digest = folder.getKey().substring(0, folder.getKey().indexOf('/'));
      if (folder.getValue().isBefore(limit) && named(digest).filter(place::equals).isEmpty()) {
        place.delete();
      }
    }
  }

  private Folder folder(String digest) {
    return entries.child(DigestCache.checked(digest));
  }

  private static String name(Folder own) {
    return own.location().substring(own.location().lastIndexOf('/') + 1);
  }
}
