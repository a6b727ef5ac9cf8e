import { Loading, Skeleton } from '@/components/ui/skeleton';
import classes from './patient-banner.module.css';

/** The shape of the banner while it comes. */
export function BannerSkeleton() {
  return (
    <Loading>
      <div className={classes.banner}>
        <Skeleton circle width={48} height={48} />
        <div className={classes.shapes}>
          <Skeleton width={280} height={20} />
          <Skeleton width={420} />
          <Skeleton width={160} height={22} />
        </div>
      </div>
    </Loading>
  );
}
