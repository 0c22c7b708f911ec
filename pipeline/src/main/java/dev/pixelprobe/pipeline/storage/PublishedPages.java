package dev.pixelprobe.pipeline.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages in Cloud Storage that are replaced at one stroke. Each version has a folder of its own; a
 * small {@code index.html} beside the folders leads to the current one, and is written when that is
 * whole. Whatever happens before leaves the version before as it was.
 */
public final class PublishedPages {
  private static final String INDEX = "index.html";
  private static final Pattern VERSION =
      Pattern.compile("version-(\\d{8}T\\d{6}Z)-[0-9a-f]{8}(?=/)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A version that is not the current one may still be on its way. */
  private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);

  private final CloudPath place;

  private PublishedPages(CloudPath place) {
    this.place = place;
  }

  /** The pages at a place in Cloud Storage, there or not. */
  public static PublishedPages at(Target target) {
    return new PublishedPages(target.inCloud());
  }

  /**
   * Checks that nothing else would be overwritten.
   *
   * @throws InvalidInputException if there is something that is no such pages
   */
  public void check() throws IOException {
    CloudObjects objects = CloudAccess.objects();
    boolean hasIndex = false;
    for (CloudObject object : objects.below(place)) {
      String name = name(object);
      boolean isIndex = name.equals(INDEX);
      hasIndex |= isIndex;
      if (!isIndex && !VERSION.matcher(name).lookingAt()) {
        throw other(name);
      }
    }
    if (hasIndex && current(objects).isEmpty()) {
      throw other(INDEX);
    }
  }

  private InvalidInputException other(String name) {
    return new InvalidInputException(
        "%s: expected nothing, or an older report, got %s; choose another place"
            .formatted(place, name));
  }

  private String name(CloudObject object) {
    return object.path().name().substring(place.prefix().length());
  }

  /** The folder of the version that the index leads to. */
  private Optional<String> current(CloudObjects objects) throws IOException {
    return objects
        .text(place.resolve(INDEX))
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(Matcher::group);
  }

  /**
   * Uploads a version and makes it the current one; those before are deleted then.
   *
   * @param pages a folder with an {@code index.html}
   * @return where it is
   */
  public String publish(Path pages) throws IOException {
    CloudObjects objects = CloudAccess.objects();
    Instant now = Instant.now();
    String version =
        "version-%s-%s".formatted(TIME.format(now), UUID.randomUUID().toString().substring(0, 8));
    Upload.of(pages, INDEX).to(place.resolve(version));
    Optional<String> replaced = current(objects);
    decide(objects, version);
    deleteOld(objects, version, replaced, now.minus(LONGEST_UPLOAD));
    return place.resolve(version).toString();
  }

  private void decide(CloudObjects objects, String version) throws IOException {
    try (Scratch scratch = Scratch.create()) {
      Path index = scratch.path().resolve(INDEX);
      Files.writeString(
          index,
          """
          <!DOCTYPE html>
          <html lang="en">
          <meta charset="utf-8">
          <meta http-equiv="refresh" content="0; url=%1$s/index.html">
          <title>pixelprobe</title>
          <p><a href="%1$s/index.html">The report</a>
          </html>
          """
              .formatted(version),
          UTF_8);
      objects.upload(index, place.resolve(INDEX));
    }
  }

  private void deleteOld(
      CloudObjects objects, String current, Optional<String> replaced, Instant abandoned)
      throws IOException {
    List<CloudPath> old =
        objects.below(place).stream()
            .filter(object -> isOld(name(object), current, replaced, abandoned))
            .map(CloudObject::path)
            .toList();
    objects.delete(old);
  }

  private static boolean isOld(
      String name, String current, Optional<String> replaced, Instant abandoned) {
    Matcher version = VERSION.matcher(name);
    return version.lookingAt()
        && !version.group().equals(current)
        && (replaced.equals(Optional.of(version.group()))
            || TIME.parse(version.group(1), Instant::from).isBefore(abandoned));
  }
}
