package dev.quayside.ui.stack;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the words of the Stack page. */
final class StackText {

  private static final Messages MESSAGES = Messages.of("stack-page");
  private static final Messages ADOPTION = Messages.of("adoption");

  private StackText() {}

  static String of(String key, Object... values) {
    return MESSAGES.get(key, values);
  }

  /** Tells where the list of Compose files comes from; null stands for the containers' labels. */
  static String origin(FoundStack.@Nullable Origin origin) {
    return ADOPTION.get("origin." + (origin == null ? "LABELS" : origin.name()));
  }

  static String sensitivity(DataFolder.Sensitivity sensitivity) {
    return of("sensitivity." + sensitivity.name().toLowerCase(Locale.ROOT));
  }

  /** Tells why a stack shows no service. */
  static String noServices(StackPicture picture) {
    if (picture.complaint() != null) {
      return of("map.none.rejected");
    }
    return of(picture.invocation() == null ? "map.none.untold" : "map.none");
  }

  static String size(PlaceSize size) {
    return switch (size) {
      case PlaceSize.Known known -> Quantities.bytes(known.bytes());
      case PlaceSize.AtLeast some -> of("size.at-least", Quantities.bytes(some.bytes()));
      case PlaceSize.Closed _, PlaceSize.Unknown _ -> of("size.unknown");
      case PlaceSize.Missing missing -> of("size.missing");
      case PlaceSize.NotMeasured left -> of("size.left");
    };
  }

  /** Says how a size is to be understood, and where it is not known what would tell it. */
  static String hint(PlaceSize size, String quotedPath) {
    return switch (size) {
      case PlaceSize.Known known -> of("size.known.hint", known.files());
      case PlaceSize.AtLeast some -> part(some, quotedPath);
      case PlaceSize.Closed closed -> of("size.closed.hint", quotedPath);
      case PlaceSize.Unknown unknown -> of("size.unknown.hint", unknown.reason());
      case PlaceSize.Missing missing -> of("size.missing.hint");
      case PlaceSize.NotMeasured left ->
          of("size.left." + left.why().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String part(PlaceSize.AtLeast some, String quotedPath) {
    if (some.cut()) {
      return of("size.cut.hint");
    }
    String apart = some.apart() == 0 ? "" : of("size.apart.hint", some.apart());
    String closed = some.closed() == 0 ? "" : of("size.part.hint", some.closed(), quotedPath);
    return (apart + " " + closed).strip();
  }
}
