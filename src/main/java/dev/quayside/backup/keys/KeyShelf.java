package dev.quayside.backup.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.pgp.Certificate;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the keys that archives are made for, and those whose signatures are known: two small files
 * for each, of which the second makes it count.
 */
public final class KeyShelf {

  private static final String CERTIFICATE = ".asc";
  private static final String RECORD = ".json";
  private static final String FINGERPRINTS = "[0-9A-F]{40}";
  private static final Pattern TAIL = Pattern.compile("[0-9A-F]{8,40}");
  private static final int LONGEST_NAMED = 200;
  private static final Messages MESSAGES = Messages.of("keys");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final Path folder;
  private final Home home;

  /** Keeps them in the state folder. */
  public KeyShelf(Home home) {
    this.folder = OwnKey.folder(home);
    this.home = home;
  }

  /**
   * Returns all keys, oldest first, and the one that signs here, if it was made already.
   *
   * @throws ProblemException if one cannot be read
   */
  public List<ShelvedKey> list() throws ProblemException {
    try {
      List<ShelvedKey> keys = new ArrayList<>();
      for (String fingerprint : fingerprints()) {
        keys.add(shelved(fingerprint));
      }
      keys.sort(Comparator.comparing(ShelvedKey::added));
      Certificate own = OwnKey.certificate(home);
      if (own != null) {
        keys.add(own(own));
      }
      return List.copyOf(keys);
    } catch (IOException e) {
      throw new ProblemException(
          MESSAGES.problem("KEY-SHELF-UNREADABLE", folder).withDetail(e.toString()), e);
    }
  }

  private ShelvedKey own(Certificate certificate) {
    return new ShelvedKey(
        certificate.fingerprint(),
        certificate.owner(),
        KeyRole.OWN,
        certificate.created(),
        null,
        true,
        true,
        null,
        OwnKey.file(home));
  }

  /** Tells whether it is time to type a passphrase. */
  public KeyReminder reminder(Instant now) throws ProblemException {
    return KeyReminder.of(list(), now);
  }

  /**
   * Returns the one key whose fingerprint is {@code text} or ends with it, at least 8 characters.
   *
   * @throws ProblemException if there is none, or more than one
   */
  public ShelvedKey find(String text) throws ProblemException {
    String tail = tail(text);
    List<ShelvedKey> found =
        list().stream().filter(key -> key.fingerprint().endsWith(tail)).toList();
    if (TAIL.matcher(tail).matches() && found.size() == 1) {
      return found.getFirst();
    }
    String named = ForeignText.line(text, LONGEST_NAMED);
    throw new ProblemException(
        MESSAGES.problem(
            TAIL.matcher(tail).matches() && found.size() > 1 ? "KEY-AMBIGUOUS" : "KEY-UNKNOWN",
            named));
  }

  /** Takes blanks and the mark of a number away, as fingerprints are printed with. */
  private static String tail(String text) {
    String plain = text.replace(" ", "").toUpperCase(Locale.ROOT);
    return plain.startsWith("0X") ? plain.substring(2) : plain;
  }

  /**
   * Returns the file with the certificate of a recipient: {@code text} is such a file, or names a
   * key on the shelf.
   */
  public Path recipient(String text) throws ProblemException {
    Path file = Path.of(text);
    if (Files.exists(file)) {
      return file.toAbsolutePath().normalize();
    }
    ShelvedKey key = find(text);
    if (key.role() != KeyRole.RECIPIENT) {
      throw new ProblemException(MESSAGES.problem("KEY-NO-RECIPIENT", key.fingerprint()));
    }
    return key.certificate();
  }

  private List<String> fingerprints() throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + RECORD)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String fingerprint = name.substring(0, name.length() - RECORD.length());
        if (fingerprint.matches(FINGERPRINTS)) {
          found.add(fingerprint);
        }
      }
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    return found;
  }

  private ShelvedKey shelved(String fingerprint) throws IOException {
    StoredKey stored = stored(fingerprint);
    Path file = folder.resolve(fingerprint + CERTIFICATE);
    Certificate certificate = Certificate.described(Files.readAllBytes(file)).getFirst();
    Instant expires = certificate.expires();
    return new ShelvedKey(
        fingerprint,
        certificate.owner(),
        stored.role(),
        stored.added(),
        expires,
        stored.role() == KeyRole.RECIPIENT ? certificate.opens() : certificate.signs(),
        stored.secretKey() != null,
        stored.checked(),
        file);
  }

  /** Returns the certificates of all keys but our own. */
  List<byte[]> certificates() throws IOException {
    List<byte[]> certificates = new ArrayList<>();
    for (String fingerprint : fingerprints()) {
      certificates.add(Files.readAllBytes(folder.resolve(fingerprint + CERTIFICATE)));
    }
    return certificates;
  }

  StoredKey stored(String fingerprint) throws IOException {
    Path file = folder.resolve(fingerprint + RECORD);
    try {
      return MAPPER.readValue(Files.readAllBytes(file), StoredKey.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("a record that cannot be read: " + file, e);
    }
  }

  /** Returns what is kept of a key; null if it is not on the shelf. */
  @Nullable StoredKey known(String fingerprint) throws IOException {
    return Files.exists(folder.resolve(fingerprint + RECORD)) ? stored(fingerprint) : null;
  }

  /** Puts a key on the shelf, or a newer certificate in the place of an older one. */
  ShelvedKey put(byte[] certificate, StoredKey key) throws IOException {
    AtomicFiles.createFolder(folder);
    AtomicFiles.replace(folder.resolve(key.fingerprint() + CERTIFICATE), certificate);
    return put(key);
  }

  ShelvedKey put(StoredKey key) throws IOException {
    AtomicFiles.replace(folder.resolve(key.fingerprint() + RECORD), MAPPER.writeValueAsBytes(key));
    return shelved(key.fingerprint());
  }

  void remove(String fingerprint) throws IOException {
    AtomicFiles.delete(folder.resolve(fingerprint + RECORD));
    AtomicFiles.delete(folder.resolve(fingerprint + CERTIFICATE));
  }

  /** Returns the lock of whoever changes the shelf. */
  Path lock() {
    return folder.resolve("shelf.lock");
  }
}
