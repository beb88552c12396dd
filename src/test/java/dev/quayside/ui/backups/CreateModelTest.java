package dev.quayside.ui.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Protection;
import dev.quayside.backup.keys.ShelvedKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateModelTest {

  private static final ShelvedKey ADA = new ScriptedKeys(new ArrayList<>()).put(null);

  private final CreateModel model =
      new CreateModel(new ScriptedBackups().scope("shop"), List.of(ADA));

  @Test
  void aBackupNeedsSomethingToSaveAPlaceAndALock() {
    assertThat(model.ready().get()).isFalse();
    model.target().set(Path.of("/backups"));
    assertThat(model.ready().get()).isFalse();
    model.passphraseReady().set(true);
    assertThat(model.ready().get()).isTrue();
    model.databases().forEach(choice -> choice.taken().set(false));
    assertThat(model.ready().get()).isTrue();
    model.folders().forEach(choice -> choice.taken().set(false));
    assertThat(model.ready().get()).isTrue();
    model.files().forEach(choice -> choice.taken().set(false));
    assertThat(model.ready().get()).isFalse();
    model.addFolder(Path.of("/srv/more"));
    assertThat(model.ready().get()).isTrue();
    model.byPassphrase().set(false);
    assertThat(model.ready().get()).isFalse();
    model.addRecipient(Path.of("/keys/me.asc"));
    assertThat(model.ready().get()).isTrue();
  }

  @Test
  void aKeyIsTakenOnceHoweverItIsWrittenAndCanBeTakenOutAgain() {
    model.target().set(Path.of("/backups"));
    model.byPassphrase().set(false);
    model.addRecipient(Path.of("/keys/me.asc"));
    model.addRecipient(Path.of("/keys/../keys/me.asc"));
    assertThat(model.recipients()).containsExactly(Path.of("/keys/me.asc"));
    assertThat(model.ready().get()).isTrue();
    model.removeRecipient(model.recipients().getFirst());
    assertThat(model.recipients()).isEmpty();
    assertThat(model.ready().get()).isFalse();
  }

  @Test
  void aKeyOfTheShelfIsOfferedAndNotTakenByItself() {
    model.target().set(Path.of("/backups"));
    model.byPassphrase().set(false);
    assertThat(model.ready().get()).isFalse();
    model.shelved().getFirst().taken().set(true);
    assertThat(model.ready().get()).isTrue();
    model.addRecipient(Path.of("/keys/me.asc"));
    assertThat(model.request(new HeldPassphrase(null)).protection())
        .isInstanceOfSatisfying(
            Protection.Recipients.class,
            to ->
                assertThat(to.certificates())
                    .containsExactly(Path.of("/keys/me.asc"), ADA.certificate()));
  }

  @Test
  void whatIsNotTakenIsNamedAsLeftOut() {
    model.target().set(Path.of("/backups"));
    model.databases().getFirst().taken().set(false);
    model.files().getFirst().taken().set(false);
    BackupRequest request = model.request(new HeldPassphrase(null));
    assertThat(request.scope().databases()).isEmpty();
    assertThat(request.scope().folders()).hasSize(2);
    assertThat(request.scope().leftOut())
        .extracting(BackupScope.LeftOut::what)
        .contains("postgres/n8n", "volume models", "/srv/shop/compose.yaml");
    assertThat(request.scope().files()).isEmpty();
    assertThat(request.protection()).isInstanceOf(Protection.Passphrase.class);
  }

  @Test
  void anAddedFolderGetsALabelThatNoOtherHas() {
    model.addFolder(Path.of("/elsewhere/n8n"));
    model.addFolder(Path.of("/elsewhere/n8n"));
    model.addFolder(Path.of("/odd/näme with blanks"));
    model.addFolder(Path.of("/srv/shop"));
    model.addFolder(Path.of("/home/op/.hidden"));
    assertThat(model.folders())
        .extracting(choice -> choice.what().label())
        .containsExactly("n8n", "config", "n8n-2", "n_me_with_blanks", "shop-2", "hidden");
  }
}
