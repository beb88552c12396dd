package dev.quayside.ui.backups;

import dev.quayside.backup.Presence;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.ui.control.TonePill;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns that say how long ago something was. Their cells follow a clock by themselves: a
 * table that is refreshed makes all its cells anew, and flickers.
 */
final class AgedColumn {

  /**
   * Is what a cell says of an archive; equal to the one before until the words change.
   *
   * @param archive what it is about
   * @param words what is said of it
   */
  record Said(ShelvedArchive archive, String words) {}

  private final ObservableValue<Instant> now;

  /** Makes columns that count back from {@code now}, which lives as long as they do. */
  AgedColumn(ObservableValue<Instant> now) {
    this.now = now;
  }

  /** Returns the column that says when an archive was made. */
  TableColumn<ShelvedArchive, Said> made() {
    TableColumn<ShelvedArchive, Said> column =
        column("made", 100, Comparator.comparing(ShelvedArchive::created), AgedColumn::made);
    column.setCellFactory(shown -> new MadeCell());
    return column;
  }

  /** Returns the column that says whether and when an archive was last found sound. */
  TableColumn<ShelvedArchive, Said> verified() {
    Comparator<ShelvedArchive> order =
        Comparator.comparing(
            ShelvedArchive::verified, Comparator.nullsFirst(Comparator.naturalOrder()));
    TableColumn<ShelvedArchive, Said> column =
        column("verified", 185, order, BackupsText::verified);
    column.setCellFactory(shown -> new PillCell(AgedColumn::verifiedTone, AgedColumn::fault));
    return column;
  }

  /** Returns the column that says whether and when an archive was last proven. */
  TableColumn<ShelvedArchive, Said> proven() {
    Comparator<ShelvedArchive> order =
        Comparator.comparing(
            archive -> archive.proof() == null ? null : archive.proof().at(),
            Comparator.nullsFirst(Comparator.naturalOrder()));
    TableColumn<ShelvedArchive, Said> column = column("proven", 190, order, DrillTexts::proven);
    column.setCellFactory(shown -> new PillCell(DrillTexts::tone, DrillTexts::reasons));
    return column;
  }

  private static String made(ShelvedArchive archive, Instant now) {
    return BackupsText.ago(archive.created(), now);
  }

  private TableColumn<ShelvedArchive, Said> column(
      String name,
      double width,
      Comparator<ShelvedArchive> order,
      BiFunction<ShelvedArchive, Instant, String> words) {
    TableColumn<ShelvedArchive, Said> column = new TableColumn<>(BackupsText.of("column." + name));
    column.setId("backup-" + name);
    column.setPrefWidth(width);
    column.setComparator(Comparator.comparing(Said::archive, order));
    column.setCellValueFactory(
        row -> now.map(instant -> new Said(row.getValue(), words.apply(row.getValue(), instant))));
    return column;
  }

  private static final class MadeCell extends TableCell<ShelvedArchive, Said> {
    @Override
    protected void updateItem(@Nullable Said said, boolean empty) {
      super.updateItem(said, empty);
      setText(empty || said == null ? null : said.words());
    }
  }

  private static String fault(ShelvedArchive archive) {
    return archive.fault() == null ? "" : archive.fault();
  }

  private static TonePill.Tone verifiedTone(ShelvedArchive archive) {
    if (archive.fault() != null) {
      return TonePill.Tone.BAD;
    }
    return archive.verified() == null ? TonePill.Tone.WARN : TonePill.Tone.GOOD;
  }

  private static final class PillCell extends TableCell<ShelvedArchive, Said> {
    private final TonePill pill = new TonePill();
    private final Function<ShelvedArchive, TonePill.Tone> tone;

    private final Function<ShelvedArchive, String> more;

    PillCell(Function<ShelvedArchive, TonePill.Tone> tone, Function<ShelvedArchive, String> more) {
      this.tone = tone;
      this.more = more;
    }

    /** What was good of a file that is not there now is good no more. */
    private TonePill.Tone shown(ShelvedArchive archive) {
      TonePill.Tone then = tone.apply(archive);
      return then == TonePill.Tone.GOOD && archive.presence() != Presence.THERE
          ? TonePill.Tone.OFF
          : then;
    }

    @Override
    protected void updateItem(@Nullable Said said, boolean empty) {
      super.updateItem(said, empty);
      if (empty || said == null) {
        setGraphic(null);
        setTooltip(null);
      } else {
        pill.show(shown(said.archive()), said.words());
        setGraphic(pill);
        String why = more.apply(said.archive());
        setTooltip(why.isEmpty() ? null : new Tooltip(why));
      }
    }
  }
}
