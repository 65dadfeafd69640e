/**
 * Judges the judge of surges by a second program: it holds every minute that was told and reckons each anew from all of
 * them, in decimal fractions, with no memory of what it said before.
 *
 * <p>Where the documents leave something open, it reads them so:
 * <ul>
 *   <li>A scope's <em>life</em> begins with the first minute in which it has tenants and ends with one in which it has none.
 *       Nothing is known of it beyond. What is told of a minute that lies before one that was told already changes nothing,
 *       be it that it had no tenants.
 *   <li>Minutes that only say that the cluster is silent were not told at all; if they are told after all, it is in order.
 *   <li>A minute was not seen where all that could be judged is blind. One in which nothing is blind was seen, even where
 *       nothing is said of any tenant: then none is unhealthy.
 *   <li>A quarter hour is one of the clock. It counts if more than half of its minutes were seen, with their mean share; of
 *       shares whole millionths count, and so the factor of a share is reached where it is reached exactly. What is usual in
 *       a minute is the median of those that were over when the quarter hour began in which it lies, and that began within
 *       the baseline before then.
 *   <li>The first quarter hour of a life is never judged, wherever it lies on the clock.
 *   <li>A registry or template that began while its cluster was known began a quarter hour after the cluster's life or later.
 *   <li>A minute <em>reaches</em> a threshold if it would be so were all that is blind well, and is <em>below</em> it if it
 *       would be so were all that is blind ill; else nothing is known. Time in which nothing is known, and minutes that were
 *       not told, are frozen: for the hold only the minutes count that reach the threshold, for the end only those below
 *       what clears it.
 *   <li>A surge that is over, or that came to nothing, ends a minute: the next begins with the next at the earliest.
 *   <li>A direction is that of the last four minutes that were seen, wherever they lie.
 *   <li>A common cause is told anew while the threshold that clears it is not undercut. That none is common any more, and
 *       that another rollout is, is not told.
 * </ul>
 *
 * <p>Not judged: rules that change, and a minute told again of a scope that has vanished since.
 */
@NullMarked
package io.tenantpulse.bench.oracle.surge;

import org.jspecify.annotations.NullMarked;
