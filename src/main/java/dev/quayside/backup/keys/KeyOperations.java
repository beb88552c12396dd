package dev.quayside.backup.keys;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.KeyKind;
import dev.quayside.pgp.KeyPairs;
import dev.quayside.pgp.KeyTrial;
import dev.quayside.pgp.PgpException;
import dev.quayside.pgp.SecretKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Imports, makes, exports, checks and removes keys; each change is announced in the journal. */
public final class KeyOperations {

  private static final String IMPORT = "backup.key.import";
  private static final String CREATE = "backup.key.create";
  private static final String REMOVE = "backup.key.remove";
  private static final String CHECK = "backup.key.check";
  private static final String EXPORT = "backup.key.export";
  private static final String KIT = "backup.key.kit";

  private static final int MOST_BYTES = 4 << 20;
  private static final int LONGEST_OWNER = 200;
  private static final int LONGEST_DETAIL = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Messages MESSAGES = Messages.of("keys");

  private final KeyShelf shelf;
  private final OwnKey own;
  private final Journal journal;
  private final InstantSource time;

  /** Works on the shelf in the state folder. */
  public KeyOperations(Home home, Journal journal, InstantSource time) {
    this.shelf = new KeyShelf(home);
    this.own = new OwnKey(home, time);
    this.journal = journal;
    this.time = time;
  }

  /** What an operation does between its announcement and its end. */
  private interface Work<R> {
    Outcome<R> run() throws IOException, ProblemException;
  }

  /** What an operation finds out before it announces anything. */
  private interface Preparation<R> {
    Outcome<R> run() throws IOException, ProblemException;
  }

  /**
   * Imports the certificate in {@code file}, for example from {@code gpg --export}; a newer one
   * takes the place of an older. Of a recovery kit it takes the key that opens or the one that
   * signs, whichever is asked for.
   *
   * @param role what it is for; a recipient has to have a valid part that opens
   */
  public Outcome<ShelvedKey> add(Path file, KeyRole role) {
    return guarded(() -> {
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MOST_BYTES);
      }
      List<Certificate> found = Certificate.described(RecoveryKit.part(bytes, role));
      if (found.size() != 1) {
        return refused("KEY-SEVERAL", file, found.size());
      }
      Certificate certificate = found.getFirst();
      if (!(role == KeyRole.RECIPIENT ? certificate.opens() : certificate.signs())) {
        return refused(
            role == KeyRole.RECIPIENT ? "KEY-OPENS-NOTHING" : "KEY-SIGNS-NOTHING",
            certificate.fingerprint());
      }
      return announced(
          IMPORT,
          certificate.fingerprint(),
          Map.of("role", role.name()),
          () -> {
            StoredKey known = shelf.known(certificate.fingerprint());
            StoredKey kept =
                known == null
                    ? new StoredKey(certificate.fingerprint(), role, time.instant(), null, null)
                    : new StoredKey(
                        known.fingerprint(),
                        role,
                        known.added(),
                        known.secretKey(),
                        known.checked());
            return new Outcome.Done<>(shelf.put(ascii(certificate.armored()), kept));
          });
    });
  }

  /**
   * Makes a key pair and its recovery kit.
   *
   * @param owner the user id, for example {@code Ada <ada@example.org>}
   * @param passphrase locks the secret part; not kept
   * @param kit the file to write the kit to, which must not exist
   */
  public Outcome<ShelvedKey> create(KeyKind kind, String owner, Secret passphrase, Path kit) {
    return guarded(() -> {
      if (owner.isBlank() || !owner.equals(ForeignText.line(owner, LONGEST_OWNER))) {
        return refused("KEY-OWNER", LONGEST_OWNER);
      }
      if (Files.exists(kit, LinkOption.NOFOLLOW_LINKS)) {
        return refused("KEY-FILE-EXISTS", kit);
      }
      KeyPairs.Made made = KeyPairs.create(kind, owner, passphrase, time);
      Certificate certificate = Certificate.described(ascii(made.certificate())).getFirst();
      StoredKey kept =
          new StoredKey(
              certificate.fingerprint(), KeyRole.RECIPIENT, time.instant(), made.secretKey(), null);
      return announced(
          CREATE,
          certificate.fingerprint(),
          Map.of("kit", kit.toString()),
          () -> {
            // The kit first: there is no key here that would be lost with this machine.
            RecoveryKit.write(kit, certificate, made.secretKey(), signer());
            try {
              return new Outcome.Done<>(shelf.put(ascii(made.certificate()), kept));
            } catch (IOException | RuntimeException e) {
              AtomicFiles.destroy(kit);
              throw e;
            }
          });
    });
  }

  /** Writes the recovery kit of a key that was made here to {@code file}, which must not exist. */
  public Outcome<ShelvedKey> kit(String key, Path file) {
    return guarded(() -> {
      ShelvedKey found = shelf.find(key);
      String secret = secret(found);
      if (secret == null) {
        return refused("KEY-NO-SECRET", found.fingerprint());
      }
      return announced(
          KIT,
          found.fingerprint(),
          Map.of("kit", file.toString()),
          () -> {
            Certificate certificate =
                Certificate.described(Files.readAllBytes(found.certificate())).getFirst();
            RecoveryKit.write(file, certificate, secret, signer());
            return new Outcome.Done<>(found);
          });
    });
  }

  /** Writes the public part of a key to {@code file}, which must not exist. */
  public Outcome<ShelvedKey> export(String key, Path file) {
    return guarded(() -> {
      ShelvedKey found = shelf.find(key);
      return announced(
          EXPORT,
          found.fingerprint(),
          Map.of("file", file.toString()),
          () -> {
            Certificate certificate =
                Certificate.described(Files.readAllBytes(found.certificate())).getFirst();
            AtomicFiles.create(file, ascii(certificate.armored()));
            return new Outcome.Done<>(found);
          });
    });
  }

  /**
   * Takes a key off the shelf; archives that were made for it stay as they are.
   *
   * @param withSecret whether the secret part that is kept here may go too
   */
  public Outcome<ShelvedKey> remove(String key, boolean withSecret) {
    return guarded(() -> {
      ShelvedKey found = shelf.find(key);
      if (found.role() == KeyRole.OWN) {
        return refused("KEY-OWN", found.fingerprint());
      }
      if (found.secretKept() && !withSecret) {
        return refused("KEY-KEEPS-SECRET", found.fingerprint());
      }
      return announced(
          REMOVE,
          found.fingerprint(),
          Map.of(),
          () -> {
            shelf.remove(found.fingerprint());
            return new Outcome.Done<>(found);
          });
    });
  }

  /**
   * Tries {@code passphrase} on the secret part of a key: something is encrypted to it and opened.
   *
   * @param exported a file with the secret part, for example the recovery kit; null for the one
   *     that is kept here
   * @return done if it opens; found if the passphrase is wrong
   */
  public Outcome<KeyCheck> check(String key, @Nullable Path exported, Secret passphrase) {
    return guarded(() -> {
      ShelvedKey found = shelf.find(key);
      String secret = secret(found);
      if (found.role() != KeyRole.RECIPIENT || (exported == null && secret == null)) {
        return refused("KEY-NO-SECRET", found.fingerprint());
      }
      SecretKeys keys =
          exported != null || secret == null
              ? SecretKeys.read(exported == null ? found.certificate() : exported)
              : SecretKeys.of(ascii(secret));
      return announced(
          CHECK,
          found.fingerprint(),
          Map.of(),
          () -> {
            if (!opens(found, keys, passphrase)) {
              return new Outcome.Found<>(new KeyCheck(found, false));
            }
            StoredKey stored = shelf.stored(found.fingerprint()).checkedAt(time.instant());
            return new Outcome.Done<>(new KeyCheck(shelf.put(stored), true));
          });
    });
  }

  private static boolean opens(ShelvedKey key, SecretKeys keys, Secret passphrase)
      throws IOException {
    try {
      KeyTrial.run(Certificate.read(key.certificate()).getFirst(), keys, passphrase);
      return true;
    } catch (PgpException e) {
      if (e.reason() == PgpException.Reason.WRONG_KEY_PASSPHRASE) {
        return false;
      }
      throw e;
    }
  }

  /** Returns the public part of the key that signs here: gpg says no to what it cannot check. */
  private Certificate signer() throws IOException {
    return Certificate.described(own.get().certificate()).getFirst();
  }

  private @Nullable String secret(ShelvedKey key) throws IOException {
    StoredKey known = shelf.known(key.fingerprint());
    return known == null ? null : known.secretKey();
  }

  private <R> Outcome<R> guarded(Preparation<R> preparation) {
    try {
      AtomicFiles.createFolder(folderOf(shelf.lock()));
      try (ProcessLock held = ProcessLock.acquire(shelf.lock(), PATIENCE)) {
        if (held == null) {
          return refused("KEY-BUSY");
        }
        closeCutOff();
        return preparation.run();
      }
    } catch (FileAlreadyExistsException e) {
      return refused("KEY-FILE-EXISTS", e.getFile());
    } catch (PgpException e) {
      return new Outcome.Failed<>(
          MESSAGES
              .problem("KEY-UNUSABLE")
              .withDetail(ForeignText.line(e.getMessage() + "", LONGEST_DETAIL)));
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(
          MESSAGES
              .problem("KEY-FAILED")
              .withDetail(ForeignText.line(e.toString(), LONGEST_DETAIL)));
    }
  }

  private <R> Outcome<R> announced(
      String action, String fingerprint, Map<String, String> details, Work<R> work)
      throws IOException, ProblemException {
    Intent intent = journal.begin(action, fingerprint, details);
    Outcome<R> outcome;
    try {
      outcome = work.run();
    } catch (IOException | ProblemException | RuntimeException e) {
      intent.failed(Map.of("problem", e.getClass().getSimpleName()));
      throw e;
    }
    if (outcome instanceof Outcome.Done) {
      intent.done(Map.of());
    } else {
      intent.failed(Map.of());
    }
    return outcome;
  }

  /** Ends the announcements of killed operations: the shelf shows which way they went. */
  private void closeCutOff() throws IOException, ProblemException {
    for (String action : List.of(IMPORT, CREATE, REMOVE, CHECK, EXPORT, KIT)) {
      for (JournalEntry open : journal.unended(action)) {
        boolean there = shelf.known(open.subject()) != null;
        boolean done =
            switch (action) {
              case IMPORT, CREATE -> there;
              case REMOVE -> !there;
              default -> false;
            };
        Intent intent = journal.resume(open.intent(), action, open.subject());
        if (done) {
          intent.done(Map.of("recovered", "finished"));
        } else {
          intent.failed(Map.of("recovered", "cut off"));
        }
      }
    }
  }

  private static <R> Outcome<R> refused(String code, Object... arguments) {
    return new Outcome.Refused<>(MESSAGES.problem(code, arguments));
  }

  private static Path folderOf(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException("no folder above " + file);
    }
    return folder;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
