/**
 * 节假日安排: the State Council's yearly notices as vendored in data/holiday-cn (MIT), one file a notice year.
 * JSON modules, so that Node and a browser bundle read the same files. An empty year is not announced yet.
 */
import y2007 from '../../data/holiday-cn/2007.json' with { type: 'json' };
import y2008 from '../../data/holiday-cn/2008.json' with { type: 'json' };
import y2009 from '../../data/holiday-cn/2009.json' with { type: 'json' };
import y2010 from '../../data/holiday-cn/2010.json' with { type: 'json' };
import y2011 from '../../data/holiday-cn/2011.json' with { type: 'json' };
import y2012 from '../../data/holiday-cn/2012.json' with { type: 'json' };
import y2013 from '../../data/holiday-cn/2013.json' with { type: 'json' };
import y2014 from '../../data/holiday-cn/2014.json' with { type: 'json' };
import y2015 from '../../data/holiday-cn/2015.json' with { type: 'json' };
import y2016 from '../../data/holiday-cn/2016.json' with { type: 'json' };
import y2017 from '../../data/holiday-cn/2017.json' with { type: 'json' };
import y2018 from '../../data/holiday-cn/2018.json' with { type: 'json' };
import y2019 from '../../data/holiday-cn/2019.json' with { type: 'json' };
import y2020 from '../../data/holiday-cn/2020.json' with { type: 'json' };
import y2021 from '../../data/holiday-cn/2021.json' with { type: 'json' };
import y2022 from '../../data/holiday-cn/2022.json' with { type: 'json' };
import y2023 from '../../data/holiday-cn/2023.json' with { type: 'json' };
import y2024 from '../../data/holiday-cn/2024.json' with { type: 'json' };
import y2025 from '../../data/holiday-cn/2025.json' with { type: 'json' };
import y2026 from '../../data/holiday-cn/2026.json' with { type: 'json' };
import y2027 from '../../data/holiday-cn/2027.json' with { type: 'json' };

export const notices: readonly unknown[] = [
  y2007,
  y2008,
  y2009,
  y2010,
  y2011,
  y2012,
  y2013,
  y2014,
  y2015,
  y2016,
  y2017,
  y2018,
  y2019,
  y2020,
  y2021,
  y2022,
  y2023,
  y2024,
  y2025,
  y2026,
  y2027,
];
