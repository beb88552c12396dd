package dev.quayside.cli;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyOperations;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.pgp.KeyKind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Holds the verbs that change the keys archives are made for. */
final class BackupKeyVerbs {

  private static final String SCHEMA = "backup-key";

  private BackupKeyVerbs() {}

  /** Carries what those share that end with one key. */
  abstract static class Changing extends Verb {

    @Override
    final boolean changes() {
      return true;
    }

    abstract Outcome<ShelvedKey> change(KeyOperations keys) throws ProblemException;

    /** Words what was done; {0} is the fingerprint, {1} the owner. */
    abstract String done();

    @Override
    final ExitCode run(Session session, Terminal terminal) throws ProblemException {
      return terminal.report(
          SCHEMA,
          change(session.keys()),
          key -> terminal.text(done(), key.fingerprint(), key.owner()),
          key -> BackupKeyListVerb.document(terminal.json(), key));
    }

    final Secret passphrase(@Nullable Path file, PassphraseSource.Purpose purpose)
        throws ProblemException {
      return new TerminalPassphrase(file, TerminalPassphrase.credentials(), interruptible())
          .passphrase(purpose);
    }
  }

  /** Imports a certificate. */
  @Command(name = "import", resourceBundle = "dev.quayside.cli.help")
  static final class Import extends Changing {

    @Parameters(paramLabel = "F", descriptionKey = "key.file")
    private Path file = Path.of("");

    @Option(names = "--signer", descriptionKey = "key.signer")
    private boolean signer;

    @Override
    Outcome<ShelvedKey> change(KeyOperations keys) {
      return keys.add(absolute(file), signer ? KeyRole.SIGNER : KeyRole.RECIPIENT);
    }

    @Override
    String done() {
      return signer ? "key.imported-signer" : "key.imported";
    }
  }

  /** Makes a key pair with its recovery kit. */
  @Command(name = "create", resourceBundle = "dev.quayside.cli.help")
  static final class Create extends Changing {

    @Option(names = "--owner", required = true, paramLabel = "TEXT", descriptionKey = "key.owner")
    private String owner = "";

    @Option(names = "--kit", required = true, paramLabel = "F", descriptionKey = "key.kit-file")
    private Path kit = Path.of("");

    @Option(
        names = "--type",
        paramLabel = "curve25519|rsa3072",
        defaultValue = "curve25519",
        descriptionKey = "key.type")
    private KeyKind kind = KeyKind.CURVE25519;

    @Option(
        names = "--passphrase-file",
        paramLabel = "F",
        descriptionKey = "backup.passphrase-file")
    private @Nullable Path passphraseFile;

    @Override
    Outcome<ShelvedKey> change(KeyOperations keys) throws ProblemException {
      try (Secret passphrase = passphrase(passphraseFile, PassphraseSource.Purpose.PROTECT)) {
        return keys.create(kind, owner, passphrase, absolute(kit));
      }
    }

    @Override
    String done() {
      return "key.created";
    }
  }

  /** Writes the recovery kit of a key anew. */
  @Command(name = "kit", resourceBundle = "dev.quayside.cli.help")
  static final class Kit extends Changing {

    @Parameters(paramLabel = "KEY", descriptionKey = "key.key")
    private String key = "";

    @Option(names = "--to", required = true, paramLabel = "F", descriptionKey = "key.kit-file")
    private Path to = Path.of("");

    @Override
    Outcome<ShelvedKey> change(KeyOperations keys) {
      return keys.kit(key, absolute(to));
    }

    @Override
    String done() {
      return "key.kit-written";
    }
  }

  /** Writes the public part of a key to a file. */
  @Command(name = "export", resourceBundle = "dev.quayside.cli.help")
  static final class Export extends Changing {

    @Parameters(paramLabel = "KEY", descriptionKey = "key.key")
    private String key = "";

    @Option(names = "--to", required = true, paramLabel = "F", descriptionKey = "key.export-file")
    private Path to = Path.of("");

    @Override
    Outcome<ShelvedKey> change(KeyOperations keys) {
      return keys.export(key, absolute(to));
    }

    @Override
    String done() {
      return "key.exported";
    }
  }

  /** Takes a key off the shelf. */
  @Command(name = "remove", resourceBundle = "dev.quayside.cli.help")
  static final class Remove extends Changing {

    @Parameters(paramLabel = "KEY", descriptionKey = "key.key")
    private String key = "";

    @Option(names = "--with-secret", descriptionKey = "key.with-secret")
    private boolean withSecret;

    @Override
    Outcome<ShelvedKey> change(KeyOperations keys) {
      return keys.remove(key, withSecret);
    }

    @Override
    String done() {
      return "key.removed";
    }
  }

  /** Tries the passphrase of a key. */
  @Command(name = "check", resourceBundle = "dev.quayside.cli.help")
  static final class Check extends Verb {

    @Parameters(paramLabel = "KEY", descriptionKey = "key.key")
    private String key = "";

    @Option(names = "--secret-key", paramLabel = "F", descriptionKey = "key.secret-key")
    private @Nullable Path secretKey;

    @Option(
        names = "--passphrase-file",
        paramLabel = "F",
        descriptionKey = "backup.passphrase-file")
    private @Nullable Path passphraseFile;

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      TerminalPassphrase source =
          new TerminalPassphrase(passphraseFile, TerminalPassphrase.credentials(), interruptible());
      try (Secret passphrase = source.passphrase(PassphraseSource.Purpose.UNLOCK_KEY)) {
        Outcome<KeyCheck> outcome =
            session.keys().check(key, secretKey == null ? null : absolute(secretKey), passphrase);
        return terminal.report(
            "backup-key-check",
            outcome,
            check ->
                terminal.text(
                    check.right() ? "key.passphrase-right" : "key.passphrase-wrong",
                    check.key().fingerprint()),
            check -> document(terminal.json(), check));
      }
    }

    private static ObjectNode document(Json json, KeyCheck check) {
      ObjectNode node = json.object();
      node.put("right", check.right());
      node.set("key", BackupKeyListVerb.document(json, check.key()));
      return node;
    }
  }

  private static Path absolute(Path given) {
    return given.toAbsolutePath().normalize();
  }
}
