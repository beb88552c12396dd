/** Shows the services one by one, in full, and starts, stops, restarts and recreates them. */
@NullMarked
package dev.quayside.ui.services;

import org.jspecify.annotations.NullMarked;
