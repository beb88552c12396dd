/**
 * Restores an archive over the stack it belongs to: everything is verified before anything is
 * touched, the old set is kept beside the new one until it is accepted, and a cut-off run is put
 * back at the next start.
 */
@NullMarked
package dev.quayside.backup.landing;

import org.jspecify.annotations.NullMarked;
