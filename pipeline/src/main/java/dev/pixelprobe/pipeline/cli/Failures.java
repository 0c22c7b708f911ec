package dev.pixelprobe.pipeline.cli;

import com.google.api.client.http.HttpResponseException;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.exceptions.TensorFlowException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, as one line and an exit code; a stack trace only where the bug is ours. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int BUG = 1;
  private static final int USER = 2;
  private static final int ENVIRONMENT = 3;
  private static final int MAX_CAUSES = 50;
  private static final Pattern OF_WORKER = Pattern.compile("java\\.io\\.IOException: (.+)");

  private Failures() {}

  static int exitCode(Throwable failure) {
    if (userError(failure).isPresent()) {
      return USER;
    }
    return environmentError(failure).isPresent() ? ENVIRONMENT : BUG;
  }

  static int reportUsage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + oneLine(failure.getMessage()).replaceFirst("^Error: ", ""));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return USER;
  }

  static int report(Exception failure, CommandLine command, ParseResult parsed) {
    int code = exitCode(failure);
    PrintWriter err = command.getErr();
    LOG.error("{} failed", command.getCommandSpec().qualifiedName(), failure);
    if (code == BUG) {
      err.println("error: this is a bug in pixelprobe; please report it with what follows");
      failure.printStackTrace(err);
    } else {
      err.println("error: " + userError(failure).or(() -> environmentError(failure)).orElseThrow());
    }
    return code;
  }

  /**
   * Says what went wrong with a part of the work that the rest goes on without.
   *
   * @return the same in a line
   */
  static String reported(String part, Throwable failure) {
    LOG.error("{} failed", part, failure);
    String reason =
        userError(failure)
            .or(() -> environmentError(failure))
            .orElse("a bug in pixelprobe, please report it: " + oneLine(failure.toString()));
    System.err.println("error: " + reason);
    if (exitCode(failure) == BUG) {
      failure.printStackTrace(System.err);
    }
    return reason;
  }

  /** The user's error among the causes, also where it crossed from a worker as text only. */
  private static Optional<String> userError(Throwable failure) {
    return causes(failure).map(Failures::userMessage).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> userMessage(Throwable cause) {
    String message = oneLine(cause.getMessage());
    if (cause instanceof InvalidInputException
        || cause instanceof dev.pixelprobe.eval.InvalidInputException) {
      return Optional.of(message);
    }
    String name = InvalidInputException.class.getSimpleName() + ": ";
    boolean asText = cause instanceof SerializedThrowable && message.contains(name);
    return asText
        ? Optional.of(message.substring(message.indexOf(name) + name.length()))
        : Optional.empty();
  }

  private static Optional<String> environmentError(Throwable failure) {
    return causes(failure)
        .filter(
            cause ->
                cause instanceof IOException
                    || cause instanceof TensorFlowException
                    || cause instanceof OutOfMemoryError)
        .map(Failures::environmentMessage)
        .findFirst()
        .or(() -> causes(failure).map(Failures::ofWorker).flatMap(Optional::stream).findFirst());
  }

  /** An environment's error that crossed from a worker as text only. */
  private static Optional<String> ofWorker(Throwable cause) {
    Matcher text = OF_WORKER.matcher(oneLine(cause.getMessage()));
    return cause instanceof SerializedThrowable && text.find()
        ? Optional.of(text.group(1))
        : Optional.empty();
  }

  private static String environmentMessage(Throwable cause) {
    String message = oneLine(cause.getMessage());
    if (cause instanceof HttpResponseException) { // what Beam's file system passes on
      return "Cloud Storage: %s; check the path, the credentials and --gcsEndpoint"
          .formatted(message);
    }
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return message + ": no such file or directory";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return message + ": expected a directory to write in, got a file; choose another --out";
    }
    if (cause instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory (" + message + "); give Java more with PIXELPROBE_HEAP=8g";
    }
    return message;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }

  static String oneLine(@Nullable String message) {
    return Source.naming(String.valueOf(message).lines().findFirst().orElse(""));
  }
}
