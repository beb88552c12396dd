package dev.quayside.backup.apart;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads what the two processes tell each other: one JSON document a line. */
final class Wire {

  /** What the parent sends after the request to ask for an end. */
  static final int CANCEL = 'c';

  private static final int LONGEST_REQUEST = 64 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Wire() {}

  /**
   * Asks for a backup; the passphrase follows as so many bytes.
   *
   * @param scope what is saved
   * @param target where to
   * @param compression how
   * @param mayStop whether services may be stopped
   * @param certificates files with public keys; null to protect it by the passphrase
   * @param signed whether it is signed
   * @param passphraseBytes length of the passphrase
   */
  record Request(
      BackupScope scope,
      Path target,
      Compression compression,
      boolean mayStop,
      @Nullable List<Path> certificates,
      boolean signed,
      int passphraseBytes) {}

  /**
   * Tells something: that a step began, an amount, a line, or the end. With nothing in it, that the
   * request was understood.
   */
  record Said(
      @Nullable Integer step,
      @Nullable Integer of,
      @Nullable Long done,
      @Nullable Long total,
      @Nullable String text,
      @Nullable Ended ended) {

    static Said ready() {
      return new Said(null, null, null, null, null, null);
    }

    static Said step(int number, int total, String text) {
      return new Said(number, total, null, null, text, null);
    }

    static Said bytes(long done, long total) {
      return new Said(null, null, done, total, null, null);
    }

    static Said line(String text) {
      return new Said(null, null, null, null, text, null);
    }

    static Said ended(Outcome<BackupReceipt> outcome) {
      return new Said(null, null, null, null, null, Ended.of(outcome));
    }
  }

  /** Names the ways in which an operation ends. */
  enum How {
    DONE,
    FOUND,
    ATTENTION,
    FAILED,
    REFUSED
  }

  /** Is an outcome. */
  record Ended(How how, @Nullable BackupReceipt receipt, @Nullable Problem problem) {

    static Ended of(Outcome<BackupReceipt> outcome) {
      return switch (outcome) {
        case Outcome.Done<BackupReceipt>(BackupReceipt receipt) ->
            new Ended(How.DONE, receipt, null);
        case Outcome.Found<BackupReceipt>(BackupReceipt receipt) ->
            new Ended(How.FOUND, receipt, null);
        case Outcome.Attention<BackupReceipt>(BackupReceipt receipt, Problem problem) ->
            new Ended(How.ATTENTION, receipt, problem);
        case Outcome.Failed<BackupReceipt>(Problem problem) -> new Ended(How.FAILED, null, problem);
        case Outcome.Refused<BackupReceipt>(Problem problem) ->
            new Ended(How.REFUSED, null, problem);
      };
    }

    Outcome<BackupReceipt> outcome() throws IOException {
      return switch (how) {
        case DONE -> new Outcome.Done<>(there(receipt));
        case FOUND -> new Outcome.Found<>(there(receipt));
        case ATTENTION -> new Outcome.Attention<>(there(receipt), there(problem));
        case FAILED -> new Outcome.Failed<>(there(problem));
        case REFUSED -> new Outcome.Refused<>(there(problem));
      };
    }

    private static <T> T there(@Nullable T part) throws IOException {
      if (part == null) {
        throw new IOException("half an outcome");
      }
      return part;
    }
  }

  static byte[] line(Object message) {
    return (MAPPER.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a message; null for what a launcher may print before. */
  static @Nullable Said said(String line) {
    try {
      return MAPPER.readValue(line, Said.class);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Reads a request and not one byte of what follows it. */
  static Request request(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0 || line.size() >= LONGEST_REQUEST) {
        throw new EOFException("no whole request");
      }
      line.write(next);
    }
    try {
      return MAPPER.readValue(line.toByteArray(), Request.class);
    } catch (JacksonException e) {
      throw new IOException("not understood", e);
    }
  }
}
