package dev.pixelprobe.pipeline.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Everything that is logged while this is open goes to a file. */
final class RunLog implements AutoCloseable {
  private final Logger root;
  private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

  private RunLog(LoggerContext context, Path file) {
    root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%date{ISO8601} %-5level [%thread] %logger{36} - %message%n");
    encoder.start();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root.addAppender(appender);
  }

  static RunLog to(Path file) {
    return new RunLog((LoggerContext) LoggerFactory.getILoggerFactory(), file);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
